import type { Job } from '../../core/job.ts'
import { forgetChanges } from '../../db/preference-allowance.ts'
import type { Deps } from '../deps.ts'

/** What the preference center needs once a minute. */
export const preferenceJobs: readonly Job<Deps>[] = [
  { name: 'counted changes', deadlineMs: 20_000, run: forgetOldChanges },
]

/** Forgets how often links of mails changed something on days that are over. Throws `database.unavailable`. */
async function forgetOldChanges(deps: Deps): Promise<void> {
  await deps.db.commit([forgetChanges(deps.clock())], 'results')
}
