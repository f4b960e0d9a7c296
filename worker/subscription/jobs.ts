import type { Job } from '../../core/job.ts'
import { takeMail } from '../../db/subscription-mail.ts'
import { mailDue } from '../../db/subscription-request.ts'
import type { ActorContext } from '../call/context.ts'
import { sendDue } from '../mail/outbox.ts'
import type { SubscriptionDeps } from './deps.ts'
import { expireDue } from './expire.ts'
import { mailConfirmation } from './mail.ts'

const OUTBOX = { due: mailDue, take: takeMail, send: mailConfirmation }

/** Jobs of sign-ups and subscriptions. */
export const subscriptionJobs: readonly Job<ActorContext<SubscriptionDeps>>[] = [
  { name: 'outbox', deadlineMs: 75_000, run: (floe, { mail }) => sendDue(floe, mail, OUTBOX) },
  { name: 'expiry', deadlineMs: 60_000, run: expireDue },
]
