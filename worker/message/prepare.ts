import { Fault, invalidField } from '../../core/fault.ts'
import { pickLocale } from '../../core/locale.ts'
import { packAddresses } from '../../core/pack.ts'
import { type FooterRow, footerFacts, localesOf } from '../../db/footer.ts'
import { mailedTopic } from '../../db/topic.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import { linksFor, type Minting } from '../unsubscribe/mint.ts'
import type { PreparedMessage } from './api.ts'
import * as api from './api.ts'
import { footerOf } from './footer.ts'
import { fieldName, fieldsIn, type MimeFlaw, MimeRefused, partsOf, rewriteTexts } from './mime.ts'
import { placeInHtml, placeInText } from './place.ts'

/** A note for the sender about a change. */
export interface Note {
  code: 'dkim_removed' | 'fields_replaced' | 'fields_removed' | 'no_postal_address' | 'no_legal_name'
  message: string
}

/** Fields that replace any of the same name in the message. */
const OWN = ['list-unsubscribe', 'list-unsubscribe-post', 'cfbl-address', 'cfbl-feedback-id']
/** Signature fields, which the change would invalidate. */
const SEALS = [
  'dkim-signature',
  'domainkey-signature',
  'arc-seal',
  'arc-message-signature',
  'arc-authentication-results',
]

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
    const { links, notes: ofAddresses } = linksFor(ctx, mailed, {
      topic,
      recipients,
      ...(messageRef !== undefined && { messageRef }),
    })
    if (!facts) throw new Fault({ code: 'topic.not_found', topic })
    const known = new Map([...places].map((place, i) => [place, locales[i]]))
    const raw = input.raw?.replace(/\r?\n/g, '\r\n')
    // Checked first, so that a bad message is refused even without a valid recipient.
    const notes = [...(await orRefused(() => notesOn(raw, facts))), ...ofAddresses]
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
        ...(raw !== undefined && { raw: await orRefused(() => prepared(raw, link.headers ?? {}, change)) }),
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

async function prepared(
  raw: string,
  headers: object,
  change: Parameters<typeof rewriteTexts>[1],
): Promise<string> {
  const { head, body } = partsOf(await rewriteTexts(raw, change))
  const kept = fieldsIn(head).filter(field => ![...OWN, ...SEALS].includes(fieldName(field)))
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value.replaceAll(', <', ',\r\n <')}`)
  if (!kept.some(field => fieldName(field) === 'mime-version')) own.push('MIME-Version: 1.0')
  return `${[...kept, ...own].join('\r\n')}\r\n\r\n${body}`
}

/** Runs a step on a message. Throws `request.invalid` where the message cannot be changed. */
async function orRefused<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof MimeRefused) throw invalidField('raw', FLAWS[error.flaw])
    throw error
  }
}

const FLAWS: Record<MimeFlaw, string> = {
  signed: 'is signed in its parts (S/MIME or PGP): a footer would break it. Prepare it first and sign then',
  encrypted: 'is encrypted: nothing can be put into it. Prepare it first and encrypt then',
  nested: 'has more parts within parts than any message needs',
  charset: 'has a text whose bytes are not what it says; write it in UTF-8, or in base64 or quoted-printable',
  no_head: 'has no header fields and an empty line behind them',
}

function notesOn(raw: string | undefined, facts: FooterRow): Note[] {
  const names = raw === undefined ? [] : fieldsIn(partsOf(raw).head).map(fieldName)
  const notes: (Note | false)[] = [
    names.some(name => SEALS.includes(name)) && {
      code: 'dkim_removed',
      message:
        'The message was signed (DKIM or ARC). The signature would no longer hold, so it was taken out: sign after this.',
    },
    names.some(name => OWN.includes(name)) &&
      (facts.kind === 'marketing'
        ? {
            code: 'fields_replaced',
            message:
              'The message had unsubscribe or feedback fields of its own; there may be one of each, so these take their place.',
          }
        : {
            code: 'fields_removed',
            message:
              'The message had unsubscribe or feedback fields of its own. Mail of a transactional topic cannot be unsubscribed, so they were taken out.',
          }),
    facts.postalAddress === null && {
      code: 'no_postal_address',
      message:
        'The workspace has no postal address, which the law of the United States and Canada wants in every commercial mail.',
    },
    facts.legalName === null && {
      code: 'no_legal_name',
      message: 'The workspace has no legal name; its display name stands in the footer.',
    },
  ]
  return notes.filter(note => note !== false)
}
