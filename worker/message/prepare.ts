import { fromBase64, toBase64 } from '../../core/bytes.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { pickLocale } from '../../core/locale.ts'
import { packAddresses } from '../../core/pack.ts'
import { footerFacts, localesOf } from '../../db/footer.ts'
import { mailedTopic } from '../../db/topic.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import { linksFor, type Minting } from '../unsubscribe/mint.ts'
import type { PreparedMessage } from './api.ts'
import * as api from './api.ts'
import { latin1Bytes, latin1Text } from './dkim.ts'
import { footerOf } from './footer.ts'
import { fieldName, fieldsIn, MimeRefused, partsOf } from './mime.ts'
import { notesOnFields, notesOnMessage, OWN, refusalOf, SEALS } from './notes.ts'
import { placeInHtml, placeInText } from './place.ts'
import { type Rewritten, rewriteTexts } from './rewrite.ts'

/**
 * Puts header fields and a footer in the recipient's language into a message, for up to 1,000 recipients, in their order.
 * Writes and sends nothing. Throws as `mint` does, and `request.invalid` for a message that cannot be changed.
 */
export const prepare = verb(
  api.prepareMessage,
  async (ctx: Minting, input): Promise<AnswerOf<typeof api.prepareMessageDoc>> => {
    const { topic, messageRef } = input
    const recipients = input.recipients.map(({ address }) => address)
    const { hashes, places } = packAddresses(ctx.hashMany, recipients)
    const ids = ctx.indexes.tenant(ctx.tenant).ids(ctx.hashMany, hashes)
    const [[mailed], [facts], locales] = await ctx.read([
      mailedTopic(ctx.workspace, topic),
      footerFacts(ctx.workspace, topic),
      localesOf(ids),
    ])
    const minted = linksFor(ctx, mailed, {
      topic,
      recipients,
      ...(messageRef !== undefined && { messageRef }),
    })
    const { links, notes: ofAddresses = [] } = minted.read()
    if (!facts) throw new Fault({ code: 'topic.not_found', topic })
    const known = new Map([...places].map((place, i) => [place, locales[i]]))
    const message = charactersIn(input)
    // Done once without a footer, so that a bad message is refused even without a valid recipient.
    const tried = message === undefined ? undefined : rewritten(message, input, (_, body) => body)
    const notes = [
      ...notesOnFields(tried?.raw, facts),
      ...(tried ? notesOnMessage(tried) : []),
      ...ofAddresses,
    ]
    const messages: PreparedMessage[] = []
    for (const [place, link] of links.entries()) {
      if ('error' in link) {
        messages.push(link)
        continue
      }
      const { chosen, asked } = known.get(place) ?? {}
      const locale = pickLocale(chosen, input.recipients[place]!.locale, asked)
      const footer = footerOf({ ...facts, ...link, locale })
      const change = (type: 'html' | 'plain', body: string) =>
        type === 'html' ? placeInHtml(body, footer.html) : placeInText(body, footer.text)
      messages.push({
        ...link,
        locale,
        ...(message !== undefined &&
          asGiven(withFields(rewritten(message, input, change).raw, link.headers ?? {}), input)),
        ...(input.html !== undefined && { html: change('html', input.html) }),
        ...(input.text !== undefined && { text: change('plain', input.text) }),
      })
    }
    return {
      messages,
      dkim: {
        sign: 'after',
        fields: facts.kind === 'marketing' ? ['List-Unsubscribe', 'List-Unsubscribe-Post'] : [],
      },
      notes,
    }
  },
)

type Given = Pick<InputOf<typeof api.prepareMessage>, 'raw' | 'rawBase64'>

/** Returns a message byte by byte as characters. What is sent has CRLF at its line ends, unless it says that it is binary. */
function charactersIn({ raw, rawBase64 }: Given): string | undefined {
  if (raw === undefined && rawBase64 === undefined) return undefined
  if (raw !== undefined && /[\ud800-\udfff]/u.test(raw))
    throw invalidField('raw', 'has half a character in it')
  try {
    const text = latin1Text(raw === undefined ? fromBase64(rawBase64!) : new TextEncoder().encode(raw))
    return BINARY.test(text) ? text : text.replace(/\r?\n/g, '\r\n')
  } catch {
    throw invalidField('rawBase64', 'is not base64')
  }
}

/** In UTF-16 a line end has other bytes. */
const BINARY = /^content-transfer-encoding:[ \t]*binary|charset=["']?utf-(?:16|32)/im

/** Returns a message as it was given. */
const asGiven = (characters: string, { raw }: Given): Given =>
  raw === undefined
    ? { rawBase64: toBase64(latin1Bytes(characters)) }
    : { raw: new TextDecoder('utf-8', { ignoreBOM: true }).decode(latin1Bytes(characters)) }

function withFields(raw: string, headers: object): string {
  const { head, body } = partsOf(raw)
  const kept = fieldsIn(head).filter(field => ![...OWN, ...SEALS].includes(fieldName(field)))
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value.replaceAll(', <', ',\r\n <')}`)
  if (!kept.some(field => fieldName(field) === 'mime-version')) own.push('MIME-Version: 1.0')
  return `${[...kept, ...own].join('\r\n')}\r\n\r\n${body}`
}

/** Changes the texts of a message. Throws `request.invalid` where it cannot be changed. */
function rewritten(characters: string, given: Given, change: Parameters<typeof rewriteTexts>[1]): Rewritten {
  try {
    return rewriteTexts(characters, change, given.raw !== undefined)
  } catch (error) {
    if (error instanceof MimeRefused)
      throw invalidField(given.raw === undefined ? 'rawBase64' : 'raw', refusalOf(error))
    throw error
  }
}
