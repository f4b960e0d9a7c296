import { newRef } from '../../core/id.ts'
import { linkByRef } from '../../db/rights-link.ts'
import { liftRefusals } from '../../db/subscription-refusal.ts'
import type { ActorContext } from '../call/context.ts'
import type { RightsDeps } from './deps.ts'
import { rightsEvent } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/**
 * Lifts "this was not me" at the sender whose mail led here, so that a sign-up mails a confirmation again before the 30 days
 * are over; only the recipient can do that. A repetition changes nothing. Throws `rights_session.over`,
 * `database.unavailable`.
 */
export async function allowAsking(ctx: ActorContext<RightsDeps>, session: string): Promise<void> {
  const claim = await readSession(ctx, session)
  const [[link]] = await ctx.db.read('fresh', [linkByRef(claim.ref)])
  await stillOpen(ctx, claim, link)
  const entry = rightsEvent(ctx, claim, 'consent.refusal_lifted', newRef(), ctx.clock())
  await ctx.db.commit(liftRefusals(entry), 'results')
}
