import type { ConsentDeps } from '../consent/deps.ts'
import type { MailDeps } from '../mail/deps.ts'

/** The dependencies of sign-ups. */
export interface SubscriptionDeps extends ConsentDeps, MailDeps {}
