import type { ConsentDeps } from '../consent/deps.ts'
import type { AccessSessions } from './session.ts'

/** The dependencies of recipients' data pages. */
export interface RightsDeps extends ConsentDeps {
  sessions: AccessSessions
}
