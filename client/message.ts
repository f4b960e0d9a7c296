import type { Caller } from './call.ts'
import type { Answer, Given } from './contract.ts'
import { ask, type ClientOptions } from './request.ts'

/** A message to prepare: whole, or its two bodies. */
export type PrepareRequest = {
  topic: string
  /** At most 1,000. Without a locale, the language of the recipient's last sign-up. */
  recipients: readonly { address: string; locale?: string }[]
  messageRef?: string
} & ({ raw: string } | { html?: string; text?: string })

/** A message ready to be signed, or the reason why there is none. */
export type Prepared = Answer<'prepareMessage'>['messages'][number]

/** A fault or remark about a message. */
export type Finding = Linted['findings'][number]

/** Findings about a message, worst first, and the results of its signatures. */
export type Linted = Answer<'lintMessage'>

/** Calls of a sender about whole messages. */
export interface Messages {
  /** Adds header fields and a footer to a message. Sign it (DKIM) afterwards. */
  prepare(request: PrepareRequest): Promise<Answer<'prepareMessage'>>
  /** Hands on a bounce, complaint or unsubscribe that came by mail, as it came, and returns what it was taken for. */
  report(mail: string | Uint8Array<ArrayBuffer>): Promise<Answer<'receiveMessage'>>
  /** Checks a finished message. It requests no link and sends nothing. */
  lint(
    raw: { raw: string } | { rawBase64: string },
    more?: Pick<Given<'lintMessage'>, 'dkimKeys' | 'regimes'>,
  ): Promise<Linted>
}

/** Returns the calls about whole messages, made by `call` or as these options say. */
export const messages = (call: Caller, options: ClientOptions): Messages => ({
  prepare: request => call('prepareMessage', request as Given<'prepareMessage'>),
  async report(mail) {
    const headers = { 'content-type': 'message/rfc822' }
    const answer = await ask(options, { method: 'POST', path: '/v1/inbound/message', headers, raw: mail })
    return answer as Answer<'receiveMessage'>
  },
  lint: (raw, more = {}) => call('lintMessage', { ...raw, ...more }),
})
