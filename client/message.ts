import type { Call } from './request.ts'

/** A message to prepare: whole, or its two bodies. */
export type PrepareRequest = {
  topic: string
  /** At most 1,000. Without a locale, the language of the recipient's last sign-up. */
  recipients: readonly { address: string; locale?: string }[]
  messageRef?: string
} & ({ raw: string } | { html?: string; text?: string })

/** A message ready to be signed, or the reason why there is none. */
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

/** A fault or remark about a message. */
export interface Finding {
  rule: string
  severity: 'error' | 'warning' | 'note'
  message: string
  fix: string
  source: { name: string; url: string }
}

/** Findings about a message, worst first, and the results of its signatures. */
export interface Linted {
  findings: Finding[]
  counts: { error: number; warning: number; note: number }
  dkim: { domain: string; selector: string; result: string; why?: string; covers: string[]; bits?: number }[]
}

/** Calls of a sender about whole messages. */
export interface Messages {
  /** Adds header fields and a footer to a message. Sign it (DKIM) afterwards. */
  prepare(request: PrepareRequest): Promise<{
    messages: Prepared[]
    dkim: { sign: 'after'; fields: string[] }
    notes: { code: string; message: string }[]
  }>
  /** Checks a finished message. It requests no link and sends nothing. */
  lint(
    raw: { raw: string } | { rawBase64: string },
    more?: { dkimKeys?: Record<string, string>; regimes?: string[] },
  ): Promise<Linted>
}

/** Returns the calls about whole messages, sent by `ask`. */
export const messages = (ask: <T>(call: Call) => Promise<T>): Messages => ({
  prepare: body => ask({ method: 'POST', path: '/v1/messages/prepare', body }),
  lint: (raw, more = {}) => ask({ method: 'POST', path: '/v1/messages/lint', body: { ...raw, ...more } }),
})
