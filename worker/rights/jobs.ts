import type { Job } from '../../core/job.ts'
import { forgetMails } from '../../db/recipient-mail.ts'
import { forgetLinks, linkMailDue, takeLinkMail } from '../../db/rights-link.ts'
import type { ActorContext } from '../call/context.ts'
import { sendDue } from '../mail/outbox.ts'
import type { RightsDeps } from './deps.ts'
import { mailLink } from './mail.ts'

const OUTBOX = { due: linkMailDue, take: takeLinkMail, send: mailLink }

/** Jobs of rights links. */
export const rightsJobs: readonly Job<ActorContext<RightsDeps>>[] = [
  { name: 'rights outbox', deadlineMs: 75_000, run: (floe, { mail }) => sendDue(floe, mail, OUTBOX) },
  { name: 'rights links', deadlineMs: 20_000, run: forgetOldLinks },
]

/**
 * Erases the addresses of expired links, and deletes links and mails that no longer count towards a limit. Throws
 * `database.unavailable`.
 */
async function forgetOldLinks(deps: RightsDeps): Promise<void> {
  const now = deps.clock()
  await deps.db.commit([...forgetLinks(now), forgetMails(now)], 'results')
}
