import { isOperator } from '../../core/actor.ts'
import { numberOf, suppressionKey } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { lift } from '../../db/suppression.ts'
import { suppressionByKey } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './api.ts'
import { isRecipientsOwn, onlyLiftedBy, sightOf, viewOf } from './view.ts'

/**
 * Lifts a suppression that a sender made, with its ledger event; for an operator, any that is not the recipient's own choice.
 * `accepted`: the lift lies in the journal, and applies if the suppression is unchanged once the database has it; until then
 * checks deny.
 *
 * Throws `suppression.not_found`; `suppression.recipient_made` for one that only the recipient lifts and `suppression.legal`
 * for one that only an operator lifts; `suppression.changed` where it changed meanwhile; `key.invalid`, `key.forbidden`,
 * `database.unavailable`.
 */
export const liftSuppression = verb(
  api.liftSuppression,
  async (ctx: CallContext, { id }): Promise<AnswerOf<typeof api.liftSuppressionDoc>> => {
    const { row, view } = await suppressionNamed(ctx, id)
    const byOperator = isOperator(ctx.actor)
    const liftedBy = byOperator ? isRecipientsOwn(view) && 'recipient' : onlyLiftedBy(view)
    if (liftedBy) {
      const code = liftedBy === 'operator' ? 'suppression.legal' : 'suppression.recipient_made'
      throw new Fault({ code, liftedBy })
    }
    const { scope, reason, source } = view
    const { ticket } = ctx
    const data = {
      scope,
      reason,
      source,
      via: byOperator ? 'operator' : 'api',
      ...(scope === 'topic' && { topic: numberOf(row.scope) }),
      ...(ticket && { ticket }),
    }
    const lifted = ctx.event('suppression.lifted', { addressId: row.addressId, subject: id, data })
    const results = await ctx.commit(lift(row, lifted))
    if (!results) return { id, outcome: 'accepted' }
    if (results[0]!.affected === 0) throw new Fault({ code: 'suppression.changed' })
    return { id, outcome: 'lifted' }
  },
)

/** Returns a suppression that the caller's workspace sees. Throws `suppression.not_found`, also for another's. */
export async function suppressionNamed(ctx: CallContext, id: string) {
  const named = suppressionKey(id)
  const [topics, [row]] = await ctx.read([
    topicsOf(ctx.workspace),
    suppressionByKey(ctx.tenant, named ?? { addressId: new Uint8Array(), scope: 0, reason: 0 }),
  ])
  const view = row && viewOf(row, sightOf(ctx.workspace, topics), ctx.clock())
  if (!view) throw new Fault({ code: 'suppression.not_found' })
  return { row, view }
}
