import { forgetChanges } from '../../db/preference-allowance.ts'
import type { Deps } from '../deps.ts'

/** Forgets how often links of mails changed something on days that are over. Throws `database.unavailable`. */
export async function forgetOldChanges(deps: Deps): Promise<void> {
  await deps.db.commit([forgetChanges(deps.clock())], 'results')
}
