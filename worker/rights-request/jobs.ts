import { actorText } from '../../core/actor.ts'
import { timestamp } from '../../core/clock.ts'
import type { Job } from '../../core/job.ts'
import { missedRequests, missRequest } from '../../db/rights-request.ts'
import type { Deps } from '../deps.ts'
import { requestIdOf } from '../rights/link.ts'

/** Requests in one run; the rest waits for the next minute. */
const RUN = 200

/** Jobs of rights requests. */
export const rightsRequestJobs: readonly Job<Deps>[] = [
  { name: 'rights deadlines', deadlineMs: 20_000, run: noteMissedDeadlines },
]

/**
 * Records the missed deadline of each open request, once, so that its sender gets the event. Throws `database.unavailable`.
 */
async function noteMissedDeadlines(deps: Deps): Promise<void> {
  const at = deps.clock()
  const [missed] = await deps.db.read('fresh', [missedRequests(at, RUN)])
  const act = missed.flatMap(row =>
    missRequest(row.ref, {
      id: deps.ids(at),
      at,
      tenant: row.tenant,
      workspace: row.workspace,
      type: 'rights.deadline_missed',
      actor: actorText({ kind: 'floe' }),
      addressId: row.addressId,
      subject: requestIdOf(row.ref),
      data: { dueAt: timestamp(row.dueAt!) },
    }),
  )
  if (act.length > 0) await deps.db.commit(act, 'results')
}
