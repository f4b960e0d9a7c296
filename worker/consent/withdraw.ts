import { actorText } from '../../core/actor.ts'
import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { changedBy } from '../../db/suppression-choice.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { stopAct, withdrew } from '../suppression/statements.ts'
import * as api from './api.ts'

/**
 * Passes on a withdrawal that a recipient told the sender by telephone, letter or reply. It counts as the recipient's own
 * choice: the sender cannot lift it. Throws `key.invalid`, `key.forbidden`, `request.invalid`, `topic.not_found`,
 * `database.unavailable`.
 */
export async function withdraw(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.withdrawConsent>,
): Promise<AnswerOf<typeof api.withdrawConsentDoc>> {
  const hash = input.address === undefined ? hashOfHex(input.sha256!) : hashOfAddress(input.address)
  if (!hash) {
    throw input.address === undefined
      ? invalidField('sha256', 'must be 64 hex digits')
      : invalidField('address', 'is not an address')
  }
  const [[key], topics] = await deps.db.read('fresh', [apiKeyById(claim.keyId), topicsOf(claim.workspace)])
  const principal = authorize(claim, key, api.withdrawConsent.permission)
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  const scopes = input.topics?.map(name => {
    const topic = topics.find(known => known.name === name)
    if (!topic) throw new Fault({ code: 'topic.not_found', topic: name })
    return topicScope(topic.number)
  }) ?? [workspaceScope(claim.workspace)]
  const at = deps.clock()
  const results = await commitFollowing(deps, deps.indexes.tenant(claim.tenant).id(hash), addressId =>
    [...new Set(scopes)].flatMap(scope =>
      stopAct(
        {
          at,
          tenant: claim.tenant,
          workspace: claim.workspace,
          actor: actorText({ kind: 'sender', keyId: principal.keyId }),
          addressId,
          scope,
          reason: 'unsubscribed',
          until: null,
          via: 'api',
        },
        deps.ids,
      ),
    ),
  )
  if (!results) return { outcome: 'accepted' }
  const each = results.length / new Set(scopes).size
  const changed = [...new Set(scopes)].some((_, i) => {
    const one = results.slice(i * each, (i + 1) * each)
    return changedBy(one) || withdrew(one)
  })
  return { outcome: changed ? 'withdrawn' : 'unchanged' }
}
