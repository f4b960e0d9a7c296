import { timestamp } from '../../core/clock.ts'
import { basisOf } from '../../core/codes/basis.ts'
import { expire, runOut } from '../../db/subscription.ts'
import { requestRanOut, unconfirmed } from '../../db/subscription-request.ts'
import type { ActorContext } from '../call/context.ts'
import { requestId } from './link.ts'

/** Rows in one act, and acts in one run; the rest waits for the next minute. */
const BATCH = 200
const RUNS = 20

/**
 * Records expiries: sign-ups unconfirmed within 7 days, and consents whose term has ended. Checks apply the time itself,
 * without waiting for this job. Throws `database.unavailable`.
 */
export async function expireDue(floe: ActorContext): Promise<void> {
  for (let run = 0; run < RUNS; run++) {
    const at = floe.clock()
    const [requests, consents] = await floe.db.read('fresh', [unconfirmed(at, BATCH), runOut(at, BATCH)])
    const act = [
      ...requests.flatMap(row =>
        requestRanOut(
          row,
          floe.event('confirmation.expired', {
            at,
            tenant: row.tenant,
            workspace: row.workspace,
            addressId: row.addressId,
            subject: requestId(row.ref),
          }),
        ),
      ),
      ...consents.flatMap(row =>
        expire(
          row,
          floe.event('consent.expired', {
            at,
            tenant: row.tenant,
            workspace: row.workspace,
            addressId: row.addressId,
            subject: row.topicName,
            data: {
              topic: row.topic,
              expiredAt: timestamp(row.until!),
              ...(row.basis !== null && { basis: basisOf(row.basis) }),
            },
          }),
        ),
      ),
    ]
    if (act.length > 0) await floe.db.commit(act, 'results')
    if (requests.length < BATCH && consents.length < BATCH) return
  }
}
