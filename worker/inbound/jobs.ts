import type { Job } from '../../core/job.ts'
import { forgetInbound } from '../../db/inbound.ts'
import type { InboundDeps } from './deps.ts'
import { REMEMBERED_MS } from './report.ts'

/** Rows deleted per transaction, few enough that a click hardly waits for it. */
const AT_ONCE = 2000

/** Jobs of inbound reports. */
export const inboundJobs: readonly Job<InboundDeps>[] = [
  { name: 'reports', deadlineMs: 20_000, run: forgetReports },
]

/** Deletes reports older than the repeat window, and older refusals. Throws `database.unavailable`. */
async function forgetReports(deps: InboundDeps): Promise<void> {
  await deps.db.commit(forgetInbound(deps.clock() - REMEMBERED_MS, AT_ONCE), 'results')
}
