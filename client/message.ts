import type { AnswerOf, GivenOf } from '../worker/http/operation.ts'
import type * as api from '../worker/message/api.ts'
import type { Call } from './request.ts'

/** A message to make ready: whole, or its two bodies. */
export type PrepareRequest = {
  topic: string
  /** At most 1,000. Without a locale, the language each last signed up in. */
  recipients: readonly { address: string; locale?: string }[]
  messageRef?: string
} & ({ raw: string } | { html?: string; text?: string })

/** A message ready to be signed, or why there is none. */
export type Prepared = AnswerOf<typeof api.prepareMessageDoc>['messages'][number]

/** What is not as it should be. */
export type Finding = Linted['findings'][number]

/** What was found in a message, worst first, and what its signatures are worth. */
export type Linted = AnswerOf<typeof api.lintMessageDoc>

/** What a sender asks about whole messages. */
export interface Messages {
  /** Puts header fields and a footer into a message. Sign (DKIM) afterwards. */
  prepare(request: PrepareRequest): Promise<AnswerOf<typeof api.prepareMessageDoc>>
  /** Looks a finished message over. Fires and sends nothing. */
  lint(
    raw: { raw: string } | { rawBase64: string },
    more?: Pick<GivenOf<typeof api.lintMessage>, 'dkimKeys' | 'regimes'>,
  ): Promise<Linted>
}

/** Returns the calls about whole messages. */
export const messages = (ask: <T>(call: Call) => Promise<T>): Messages => ({
  prepare: body => ask({ method: 'POST', path: '/v1/messages/prepare', body }),
  lint: (raw, more = {}) => ask({ method: 'POST', path: '/v1/messages/lint', body: { ...raw, ...more } }),
})
