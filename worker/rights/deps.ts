import type { ConsentDeps } from '../consent/deps.ts'
import type { AccessSessions } from './session.ts'

/** What the pages of a recipient's own data need beside the rest. */
export interface RightsDeps extends ConsentDeps {
  sessions: AccessSessions
}
