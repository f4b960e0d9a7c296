import type { Job } from '../../core/job.ts'
import { forgetMails } from '../../db/recipient-mail.ts'
import { forgetLinks, linkMailDue, takeLinkMail } from '../../db/rights-link.ts'
import type { Deps } from '../deps.ts'
import { sendDue } from '../mail/outbox.ts'
import { mailLink } from './mail.ts'

const OUTBOX = { due: linkMailDue, take: takeLinkMail, send: mailLink }

/** Jobs of rights links. */
export const rightsJobs: readonly Job<Deps>[] = [
  { name: 'rights outbox', deadlineMs: 75_000, run: (deps, { mail }) => sendDue(deps, mail, OUTBOX) },
  { name: 'rights links', deadlineMs: 20_000, run: forgetOldLinks },
]

/**
 * Erases the addresses of expired links, and deletes links and mails that no longer count towards a limit. Throws
 * `database.unavailable`.
 */
async function forgetOldLinks(deps: Deps): Promise<void> {
  const now = deps.clock()
  await deps.db.commit([...forgetLinks(now), forgetMails(now)], 'results')
}
