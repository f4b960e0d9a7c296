import { mailgun } from './mailgun.ts'
import { postmark } from './postmark.ts'
import type { Provider } from './provider.ts'
import { sendgrid } from './sendgrid.ts'
import { ses } from './ses.ts'

/** The supported providers. */
// biome-ignore lint/suspicious/noExplicitAny: each has settings of its own, and its own schema reads them.
export const PROVIDERS: Record<'ses' | 'postmark' | 'mailgun' | 'sendgrid', Provider<any>> = {
  ses,
  postmark,
  mailgun,
  sendgrid,
}

/** The name of a supported provider. */
export type ProviderName = keyof typeof PROVIDERS

/** Returns the associated data under which a connection's settings are encrypted. */
export const settingsContext = (workspace: number, provider: ProviderName): Uint8Array =>
  new TextEncoder().encode(`inbound/${workspace}/${provider}`)
