import type { Job } from '../../core/job.ts'
import { forgetInbound } from '../../db/inbound.ts'
import type { Deps } from '../deps.ts'
import { REMEMBERED_MS } from './report.ts'

/** Rows that go at a time: a transaction that a click hardly waits for. */
const AT_ONCE = 2000

/** What reports need once a minute. */
export const inboundJobs: readonly Job<Deps>[] = [{ name: 'reports', deadlineMs: 20_000, run: forgetReports }]

/** Forgets the reports that are too old to be told again, and what was refused before them. Throws `database.unavailable`. */
async function forgetReports(deps: Deps): Promise<void> {
  await deps.db.commit(forgetInbound(deps.clock() - REMEMBERED_MS, AT_ONCE), 'results')
}
