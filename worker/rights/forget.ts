import { forgetLinks } from '../../db/rights-link.ts'
import type { Deps } from '../deps.ts'

/** Forgets the addresses of links that open nothing any more, and links that are no longer counted. Throws `database.unavailable`. */
export async function forgetOldLinks(deps: Deps): Promise<void> {
  await deps.db.commit(forgetLinks(deps.clock()), 'results')
}
