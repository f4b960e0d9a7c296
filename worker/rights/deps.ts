import type { ConsentDeps } from '../consent/deps.ts'
import type { MailDeps } from '../mail/deps.ts'
import type { AccessSessions } from './session.ts'

/** The dependencies of recipients' data pages. */
export interface RightsDeps extends ConsentDeps, MailDeps {
  sessions: AccessSessions
  /** Whether a `DATA_KEY` is set. Data sealed under it goes only when that secret goes, not on a date. */
  hasFormerKey: boolean
}
