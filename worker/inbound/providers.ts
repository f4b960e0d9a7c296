import { mailgun } from './mailgun.ts'
import { postmark } from './postmark.ts'
import type { Provider } from './provider.ts'
import { sendgrid } from './sendgrid.ts'
import { ses } from './ses.ts'

/** The providers whose calls are understood. */
// biome-ignore lint/suspicious/noExplicitAny: each has settings of its own, and its own schema reads them.
export const PROVIDERS: Record<'ses' | 'postmark' | 'mailgun' | 'sendgrid', Provider<any>> = {
  ses,
  postmark,
  mailgun,
  sendgrid,
}

/** The name of one. */
export type ProviderName = keyof typeof PROVIDERS

/** Returns what a connection's settings are bound to when they are encrypted. */
export const settingsContext = (workspace: number, provider: ProviderName): Uint8Array =>
  new TextEncoder().encode(`inbound/${workspace}/${provider}`)
