import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import { topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { stopOutcome } from '../../db/suppression-choice.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Deps } from '../deps.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { stopAct } from '../suppression/statements.ts'
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
    const scopes = new Set(
      input.topics?.map(name => {
        const topic = topics.find(known => known.name === name)
        if (!topic) throw new Fault({ code: 'topic.not_found', topic: name })
        return topicScope(topic.number)
      }) ?? [workspaceScope(workspace)],
    )
    const at = ctx.clock()
    const results = await commitFollowing(ctx, ctx.indexes.tenant(tenant).id(hash), addressId =>
      Array.from(scopes, scope =>
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
    const changed = Array.from(scopes, (_, i) => stopOutcome(results[i]!)).some(
      outcome => outcome.changed || outcome.withdrew,
    )
    return { outcome: changed ? 'withdrawn' : 'unchanged' }
  },
)
