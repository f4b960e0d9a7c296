import type { Call } from './request.ts'

/** A message to make ready: whole, or its two bodies. */
export type PrepareRequest = {
  topic: string
  /** At most 1,000. Without a locale, the language each last signed up in. */
  recipients: readonly { address: string; locale?: string }[]
  messageRef?: string
} & ({ raw: string } | { html?: string; text?: string })

/** A message ready to be signed, or why there is none. */
export type Prepared =
  | {
      address: string
      /** Left out for a transactional topic, as in `Links`. */
      unsubscribeUrl?: string
      preferencesUrl: string
      headers?: Record<string, string>
      returnPath?: string
      locale: string
      raw?: string
      html?: string
      text?: string
    }
  | { address: string; error: string }

/** What is not as it should be. */
export interface Finding {
  rule: string
  severity: 'error' | 'warning' | 'note'
  message: string
  fix: string
  source: { name: string; url: string }
}

/** What was found in a message, worst first, and what its signatures are worth. */
export interface Linted {
  findings: Finding[]
  counts: { error: number; warning: number; note: number }
  dkim: { domain: string; selector: string; result: string; why?: string; covers: string[]; bits?: number }[]
}

/** What a sender asks about whole messages. */
export interface Messages {
  /** Puts header fields and a footer into a message. Sign (DKIM) afterwards. */
  prepare(request: PrepareRequest): Promise<{
    messages: Prepared[]
    dkim: { sign: 'after'; fields: string[] }
    notes: { code: string; message: string }[]
  }>
  /** Looks a finished message over. Fires and sends nothing. */
  lint(
    raw: { raw: string } | { rawBase64: string },
    more?: { dkimKeys?: Record<string, string>; regimes?: string[] },
  ): Promise<Linted>
}

/** Returns the calls about whole messages. */
export const messages = (ask: <T>(call: Call) => Promise<T>): Messages => ({
  prepare: body => ask({ method: 'POST', path: '/v1/messages/prepare', body }),
  lint: (raw, more = {}) => ask({ method: 'POST', path: '/v1/messages/lint', body: { ...raw, ...more } }),
})
