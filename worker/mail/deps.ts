import type { Mailer } from '../../core/mailer.ts'
import type { AppDeps } from '../deps.ts'

/** The dependencies of whatever is mailed. */
export interface MailDeps extends AppDeps {
  /** Transport for mail; undefined where senders mail confirmations themselves. */
  mailer: Mailer | undefined
  /** Sender address of confirmations, for workspaces without their own. */
  mailFrom: string
}
