import type { Job } from '../../core/job.ts'
import { forgetChanges } from '../../db/preference-allowance.ts'
import type { PreferenceDeps } from './deps.ts'

/** Jobs of the preference center. */
export const preferenceJobs: readonly Job<PreferenceDeps>[] = [
  { name: 'counted changes', deadlineMs: 20_000, run: forgetOldChanges },
]

/** Deletes counts of changes by links from past days. Throws `database.unavailable`. */
async function forgetOldChanges(deps: PreferenceDeps): Promise<void> {
  await deps.db.commit([forgetChanges(deps.clock())], 'results')
}
