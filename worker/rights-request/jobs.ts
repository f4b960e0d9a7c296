import { timestamp } from '../../core/clock.ts'
import type { Job } from '../../core/job.ts'
import { missedRequests, missRequest } from '../../db/rights-request.ts'
import type { ActorContext } from '../call/context.ts'
import { requestIdOf } from '../rights/link.ts'

/** Requests in one run; the rest waits for the next minute. */
const RUN = 200

/** Jobs of rights requests. */
export const rightsRequestJobs: readonly Job<ActorContext>[] = [
  { name: 'rights deadlines', deadlineMs: 20_000, run: noteMissedDeadlines },
]

/**
 * Records the missed deadline of each open request, once, so that its sender gets the event. Throws `database.unavailable`.
 */
async function noteMissedDeadlines(floe: ActorContext): Promise<void> {
  const at = floe.clock()
  const [missed] = await floe.db.read('fresh', [missedRequests(at, RUN)])
  const act = missed.flatMap(row =>
    missRequest(
      row.ref,
      floe.event('rights.deadline_missed', {
        at,
        tenant: row.tenant,
        workspace: row.workspace,
        addressId: row.addressId,
        subject: requestIdOf(row.ref),
        data: { dueAt: timestamp(row.dueAt!) },
      }),
    ),
  )
  if (act.length > 0) await floe.db.commit(act, 'results')
}
