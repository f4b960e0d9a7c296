import type { AnswerOf, GivenOf } from '../worker/call/operation.ts'
import type * as api from '../worker/message/api.ts'
import type { Call } from './request.ts'

/** A message to prepare: whole, or its two bodies. */
export type PrepareRequest = {
  topic: string
  /** At most 1,000. Without a locale, the language of the recipient's last sign-up. */
  recipients: readonly { address: string; locale?: string }[]
  messageRef?: string
} & ({ raw: string } | { html?: string; text?: string })

/** A message ready to be signed, or the reason why there is none. */
export type Prepared = AnswerOf<typeof api.prepareMessageDoc>['messages'][number]

/** A fault or remark about a message. */
export type Finding = Linted['findings'][number]

/** Findings about a message, worst first, and the results of its signatures. */
export type Linted = AnswerOf<typeof api.lintMessageDoc>

/** Calls of a sender about whole messages. */
export interface Messages {
  /** Adds header fields and a footer to a message. Sign it (DKIM) afterwards. */
  prepare(request: PrepareRequest): Promise<AnswerOf<typeof api.prepareMessageDoc>>
  /** Checks a finished message. It requests no link and sends nothing. */
  lint(
    raw: { raw: string } | { rawBase64: string },
    more?: Pick<GivenOf<typeof api.lintMessage>, 'dkimKeys' | 'regimes'>,
  ): Promise<Linted>
}

/** Returns the calls about whole messages, sent by `ask`. */
export const messages = (ask: <T>(call: Call) => Promise<T>): Messages => ({
  prepare: body => ask({ method: 'POST', path: '/v1/messages/prepare', body }),
  lint: (raw, more = {}) => ask({ method: 'POST', path: '/v1/messages/lint', body: { ...raw, ...more } }),
})
