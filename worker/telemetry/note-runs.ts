import { MINUTE_MS } from '../../core/clock.ts'
import { type JobRun, jobRuns, keepJobRuns } from '../../db/job-run.ts'
import type { Deps } from '../deps.ts'

/** Age a job's record has before a later run replaces it: a write every five minutes, not one every minute. */
const NOTED_EVERY_MS = 5 * MINUTE_MS

/** Records which jobs ended well, for `/metrics`. Jobs that are none of `names` any more are forgotten. Never throws. */
export async function noteRuns(
  deps: Pick<Deps, 'db' | 'log'>,
  runs: readonly JobRun[],
  names: readonly string[],
): Promise<void> {
  try {
    const [known] = await deps.db.read('fresh', [jobRuns])
    const before = new Map(known.map(({ name, endedAt }) => [name, endedAt]))
    const due = runs.filter(({ name, endedAt }) => endedAt - (before.get(name) ?? 0) >= NOTED_EVERY_MS)
    if (due.length > 0) await deps.db.commit(keepJobRuns(due, names), 'results')
  } catch (error) {
    deps.log('cron job runs', error)
  }
}
