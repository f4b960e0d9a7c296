import { actorText } from '../../core/actor.ts'
import { timestamp } from '../../core/clock.ts'
import { basisOf } from '../../core/codes/basis.ts'
import { expire, runOut } from '../../db/subscription.ts'
import { requestRanOut, unconfirmed } from '../../db/subscription-request.ts'
import type { Deps } from '../deps.ts'
import { requestId } from './link.ts'

/** Rows in one act, and acts in one run; the rest waits for the next minute. */
const BATCH = 200
const RUNS = 20

/**
 * Records expiries: sign-ups unconfirmed within 7 days, and consents whose term has ended. Checks apply the time itself,
 * without waiting for this job. Throws `database.unavailable`.
 */
export async function expireDue(deps: Deps): Promise<void> {
  for (let run = 0; run < RUNS; run++) {
    const at = deps.clock()
    const [requests, consents] = await deps.db.read('fresh', [unconfirmed(at, BATCH), runOut(at, BATCH)])
    const common = { at, actor: actorText({ kind: 'floe' }) }
    const act = [
      ...requests.flatMap(row =>
        requestRanOut(row, {
          ...common,
          id: deps.ids(at),
          tenant: row.tenant,
          workspace: row.workspace,
          type: 'confirmation.expired',
          addressId: row.addressId,
          subject: requestId(row.ref),
          data: {},
        }),
      ),
      ...consents.flatMap(row =>
        expire(row, {
          ...common,
          id: deps.ids(at),
          tenant: row.tenant,
          workspace: row.workspace,
          type: 'consent.expired',
          addressId: row.addressId,
          subject: row.topicName,
          data: {
            topic: row.topic,
            expiredAt: timestamp(row.until!),
            ...(row.basis !== null && { basis: basisOf(row.basis) }),
          },
        }),
      ),
    ]
    if (act.length > 0) await deps.db.commit(act, 'results')
    if (requests.length < BATCH && consents.length < BATCH) return
  }
}
