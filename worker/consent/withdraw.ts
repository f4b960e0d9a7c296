import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import { topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { changedBy } from '../../db/suppression-choice.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Deps } from '../deps.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { stopAct, withdrew } from '../suppression/statements.ts'
import * as api from './api.ts'

/**
 * Passes on a withdrawal that a recipient told the sender by telephone, letter or reply. It counts as the recipient's own
 * choice: the sender cannot lift it. Throws `key.invalid`, `key.forbidden`, `request.invalid`, `topic.not_found`,
 * `database.unavailable`.
 */
export const withdraw = verb(
  api.withdrawConsent,
  async (ctx: CallContext<Deps>, input): Promise<AnswerOf<typeof api.withdrawConsentDoc>> => {
    const hash = input.address === undefined ? hashOfHex(input.sha256!) : hashOfAddress(input.address)
    if (!hash) {
      throw input.address === undefined
        ? invalidField('sha256', 'must be 64 hex digits')
        : invalidField('address', 'is not an address')
    }
    const { tenant, workspace } = ctx
    const [topics] = await ctx.read([topicsOf(workspace)])
    const scopes = input.topics?.map(name => {
      const topic = topics.find(known => known.name === name)
      if (!topic) throw new Fault({ code: 'topic.not_found', topic: name })
      return topicScope(topic.number)
    }) ?? [workspaceScope(workspace)]
    const at = ctx.clock()
    const results = await commitFollowing(ctx, ctx.indexes.tenant(tenant).id(hash), addressId =>
      [...new Set(scopes)].flatMap(scope =>
        stopAct(ctx, {
          at,
          tenant,
          workspace,
          addressId,
          scope,
          reason: 'unsubscribed',
          until: null,
          via: 'api',
        }),
      ),
    )
    if (!results) return { outcome: 'accepted' }
    const each = results.length / new Set(scopes).size
    const changed = [...new Set(scopes)].some((_, i) => {
      const one = results.slice(i * each, (i + 1) * each)
      return changedBy(one) || withdrew(one)
    })
    return { outcome: changed ? 'withdrawn' : 'unchanged' }
  },
)
