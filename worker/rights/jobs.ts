import type { Job } from '../../core/job.ts'
import { forgetMails } from '../../db/recipient-mail.ts'
import { forgetLinks, linkMailDue, takeLinkMail } from '../../db/rights-link.ts'
import type { Deps } from '../deps.ts'
import { sendDue } from '../mail/outbox.ts'
import { mailLink } from './mail.ts'

const OUTBOX = { due: linkMailDue, take: takeLinkMail, send: mailLink }

/** What links to a recipient's own data need once a minute. */
export const rightsJobs: readonly Job<Deps>[] = [
  { name: 'rights outbox', deadlineMs: 75_000, run: (deps, { mail }) => sendDue(deps, mail, OUTBOX) },
  { name: 'rights links', deadlineMs: 20_000, run: forgetOldLinks },
]

/** Forgets the addresses of links that open nothing any more, and links and mails that are no longer counted. Throws `database.unavailable`. */
async function forgetOldLinks(deps: Deps): Promise<void> {
  const now = deps.clock()
  await deps.db.commit([...forgetLinks(now), forgetMails(now)], 'results')
}
