import { numberOf, scopeName, suppressionId } from '../../core/codes/scope.ts'
import { sourceOf } from '../../core/codes/source.ts'
import { appendIfChanged } from '../../db/event.ts'
import { linkByRef } from '../../db/rights-link.ts'
import { lift, suppressionsOf } from '../../db/suppression.ts'
import { topicsOf } from '../../db/topic.ts'
import type { ActorContext } from '../call/context.ts'
import { complaintsWithin } from '../suppression/complaint.ts'
import { sightOf } from '../suppression/view.ts'
import type { RightsDeps } from './deps.ts'
import { readSession, stillOpen } from './session-guard.ts'

/**
 * Withdraws every complaint that suppresses mail of the sender whose mail led here, whoever recorded it; complaints about
 * other senders stay. Returns whether there was one. Throws `rights_session.over`, `database.unavailable`.
 */
export async function withdrawComplaint(ctx: ActorContext<RightsDeps>, session: string): Promise<boolean> {
  const claim = await readSession(ctx, session)
  const [[link], rows, topics] = await ctx.db.read('fresh', [
    linkByRef(claim.ref),
    suppressionsOf(claim.addressId),
    topicsOf(claim.workspace),
  ])
  await stillOpen(ctx, claim, link)
  const at = ctx.clock()
  const { tenant, workspace, addressId } = claim
  const acts = complaintsWithin(rows, sightOf(workspace, topics), at).map(row => {
    const subject = suppressionId(row.addressId, row.scope, row.reason)
    const about = { at, tenant, workspace, addressId, subject }
    const scope = scopeName(row.scope)
    const reach = { scope, ...(scope === 'topic' && { topic: numberOf(row.scope) }) }
    const data = { ...reach, reason: 'complained', source: sourceOf(row.source), via: 'rights' }
    return [
      ...lift(row, ctx.event('suppression.lifted', { ...about, data })),
      appendIfChanged(ctx.event('complaint.withdrawn', { ...about, data: reach })),
    ]
  })
  if (acts.length === 0) return false
  const results = await ctx.db.commit(acts.flat(), 'results')
  return results.some(({ affected }) => affected > 0)
}
