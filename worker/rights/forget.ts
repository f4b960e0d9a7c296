import { forgetMails } from '../../db/recipient-mail.ts'
import { forgetLinks } from '../../db/rights-link.ts'
import type { Deps } from '../deps.ts'

/** Forgets the addresses of links that open nothing any more, and links and mails that are no longer counted. Throws `database.unavailable`. */
export async function forgetOldLinks(deps: Deps): Promise<void> {
  const now = deps.clock()
  await deps.db.commit([...forgetLinks(now), forgetMails(now)], 'results')
}
