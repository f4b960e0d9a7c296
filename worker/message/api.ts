import * as z from 'zod/mini'
import { toBase64 } from '../../core/bytes.ts'
import { documented, named, operation } from '../call/operation.ts'
import { zodOf } from '../call/zod-of.ts'
import { BATCH_LIMIT_BYTES } from '../http/limits.ts'
import { LINK_FIELDS, LINK_NOTES, messageRef, minted, noLinks } from '../unsubscribe/api.ts'
import { latin1Text } from './dkim.ts'
import { LINT_REGIMES } from './findings.ts'
import { recipientIn } from './recipient.ts'

const RECIPIENTS_MAX = 1000
/** Characters of all messages that one call makes. */
const CHARACTERS_MAX = 8 * 1024 * 1024

const text = z.optional(z.string())

const RAW = 'From: news@north.example\r\nTo: ada@example.com\r\nSubject: News\r\n\r\nWhat is new.\r\n'

/** Returns the characters of all messages of a call. */
function lengthOf({ raw = '', rawBase64 = '', html = '', text = '', recipients }: Lengthy): number {
  return (raw.length + rawBase64.length + html.length + text.length) * recipients.length
}

interface Lengthy {
  raw?: string | undefined
  rawBase64?: string | undefined
  html?: string | undefined
  text?: string | undefined
  recipients: unknown[]
}

/** `POST /v1/messages/prepare` */
export const prepareMessage = operation({
  id: 'prepareMessage',
  method: 'POST',
  path: '/v1/messages/prepare',
  permission: 'links:mint',
  limitBytes: BATCH_LIMIT_BYTES,
  input: z
    .strictObject({
      topic: z.string(),
      recipients: z
        .array(z.strictObject({ address: z.string(), locale: text }))
        .check(z.minLength(1), z.maxLength(RECIPIENTS_MAX)),
      messageRef: z.optional(zodOf(messageRef)),
      /** A whole message (RFC 5322), as text or byte by byte, or its two bodies. */
      raw: text,
      rawBase64: text,
      html: text,
      text,
    })
    .check(
      z.refine(
        ({ raw, rawBase64, html, text }) =>
          [raw, rawBase64, html ?? text].filter(one => one !== undefined).length === 1,
        { message: 'give either raw, or rawBase64, or html or text or both', path: ['raw'] },
      ),
      z.refine(input => lengthOf(input) <= CHARACTERS_MAX, {
        message: 'times the size of the message is more than 8 Mi characters; send fewer at a time',
        path: ['recipients'],
      }),
    ),
  fromMessage: message => ({
    recipients: [recipientIn(latin1Text(message))],
    rawBase64: toBase64(message),
  }),
  addresses: ({ recipients }) => recipients.length,
  bytes: lengthOf,
})

const prepared = /* @__PURE__ */ named(
  'PreparedMessage',
  () =>
    z.union([
      z.strictObject({
        ...minted().shape,
        locale: z.string(),
        raw: text,
        rawBase64: text,
        html: text,
        text,
      }),
      noLinks(),
    ]),
  () => ({
    ...LINK_FIELDS,
    locale: 'The language of the footer.',
    raw: 'The whole message, where you gave one.',
    rawBase64: 'The whole message byte by byte, where you gave it so.',
    html: 'The HTML body, where you gave one.',
    text: 'The text body, where you gave one.',
  }),
)

/** A message for one recipient, ready to be signed and sent, or why there is none. */
export type PreparedMessage = z.infer<ReturnType<typeof prepared>>

const NOTES = [
  'dkim_removed',
  'fields_replaced',
  'fields_removed',
  'text_unchanged',
  'charset_guessed',
  'head_mended',
  'no_postal_address',
  'no_legal_name',
  ...LINK_NOTES,
] as const

export const prepareMessageDoc = /* @__PURE__ */ documented(prepareMessage, () => ({
  chapter: 'Before you send',
  summary: 'Put header fields and a footer into a message',
  text: 'For up to 1,000 recipients, in their order. Sign with DKIM afterwards: a signature that is there is taken out. A message for one recipient may be the body itself (`message/rfc822`), with `topic` in the query: its `To` names whom it goes to, and the answer has it as `rawBase64`. Mail of a transactional topic gets no way to unsubscribe: nobody can leave what is owed.',
  example: { topic: 'news', recipients: [{ address: 'ada@example.com' }], raw: RAW },
  besideMessage: { topic: 'news', messageRef: 'spring' },
  body: [{ type: 'message/rfc822', schema: z.string(), example: RAW }],
  answer: {
    schema: z.strictObject({
      messages: z.array(prepared()),
      dkim: z.strictObject({ sign: z.literal('after'), fields: z.array(z.string()) }),
      notes: z.array(z.strictObject({ code: z.enum(NOTES), message: z.string() })),
    }),
    example: {
      messages: [{ address: 'nobody', error: 'invalid_address' }],
      dkim: { sign: 'after', fields: ['List-Unsubscribe', 'List-Unsubscribe-Post'] },
      notes: [],
    },
  },
  faults: ['topic.not_found'],
  fields: {
    topic: 'What the mail is about, by the name of one of your topics.',
    recipients: 'Up to 1,000 of them.',
    'recipients[].address': 'Whom it goes to.',
    'recipients[].locale': 'The language of the footer (BCP 47); without it the one they signed up in.',
    messageRef: 'Up to 8 characters that tell which message a click came from.',
    raw: 'A whole message (RFC 5322). Give it, or its bodies.',
    rawBase64: 'A whole message byte by byte, in base64: text in JSON cannot carry every message.',
    html: 'The HTML body.',
    text: 'The text body.',
    messages: 'One for each recipient, in the order given.',
    dkim: 'How to sign what comes of it.',
    'dkim.sign': 'After the message was prepared, never before.',
    'dkim.fields': 'Header fields that the signature has to cover.',
    notes: 'What you should know about what was done.',
    'notes[].code': 'What it is about.',
    'notes[].message': 'The same in a sentence.',
  },
}))

/** `POST /v1/messages/lint` */
export const lintMessage = operation({
  id: 'lintMessage',
  method: 'POST',
  path: '/v1/messages/lint',
  permission: 'links:mint',
  limitBytes: BATCH_LIMIT_BYTES,
  input: z
    .strictObject({
      /** The message as text, or as base64 of its bytes, which signatures over non-ASCII text need. */
      raw: z.optional(z.string()),
      rawBase64: z.optional(z.string()),
      /** Key records by name, used instead of DNS. */
      dkimKeys: z.optional(z.record(z.string(), z.string())),
      regimes: z._default(z.array(z.enum(LINT_REGIMES)), [...LINT_REGIMES]),
    })
    .check(
      z.refine(({ raw, rawBase64 }) => (raw === undefined) !== (rawBase64 === undefined), {
        message: 'give exactly one of raw and rawBase64',
        path: ['raw'],
      }),
    ),
  fromMessage: message => ({ rawBase64: toBase64(message) }),
})

const finding = /* @__PURE__ */ named(
  'Finding',
  () =>
    z.strictObject({
      rule: z.string(),
      severity: z.enum(['error', 'warning', 'note']),
      message: z.string(),
      fix: z.string(),
      source: z.strictObject({ name: z.string(), url: z.url() }),
    }),
  () => ({
    rule: 'The rule that is not kept, by its name.',
    severity:
      '`error`: the button does not show, or the law is broken. `warning`: it may be. `note`: worth knowing.',
    message: 'What was found.',
    fix: 'What to do about it.',
    source: 'Where the rule is from.',
    'source.name': 'The document and its section.',
    'source.url': 'Where it can be read.',
  }),
)

const signature = /* @__PURE__ */ named(
  'DkimSignature',
  () =>
    z.strictObject({
      domain: z.string(),
      selector: z.string(),
      result: z.enum(['pass', 'fail', 'no_key', 'unknown', 'unsupported']),
      why: z.optional(z.string()),
      covers: z.array(z.string()),
      bodyHash: z.string(),
      bits: z.optional(z.int()),
      partial: z.boolean(),
    }),
  () => ({
    domain: 'Who signed.',
    selector: 'The selector of the key.',
    result: 'What the signature is worth.',
    why: 'Why it is not worth more.',
    covers: 'The header fields it covers, in lower case.',
    bodyHash: 'The digest of the body it is about, in base64.',
    bits: 'The length of its RSA key.',
    partial: 'Whether it covers only the beginning of the body (`l=`).',
  }),
)

export const lintMessageDoc = /* @__PURE__ */ documented(lintMessage, () => ({
  chapter: 'Before you send',
  summary: 'Look over a finished message',
  text: 'Against RFC 8058 and 2369, the big providers’ rules and the footers that laws ask for. Looks at the first 102 kB of each body, as Gmail does, and says so where there is more. Fires nothing, fetches nothing but DKIM keys, keeps nothing. The message may be the body itself (`message/rfc822`).',
  example: { raw: RAW, dkimKeys: {} },
  body: [{ type: 'message/rfc822', schema: z.string(), example: RAW }],
  answer: {
    schema: z.strictObject({
      findings: z.array(finding()),
      counts: z.strictObject({ error: z.int(), warning: z.int(), note: z.int() }),
      dkim: z.array(signature()),
    }),
    example: { findings: [], counts: { error: 0, warning: 0, note: 0 }, dkim: [] },
  },
  faults: [],
  fields: {
    raw: 'The message, as text.',
    rawBase64: 'The message, byte by byte.',
    dkimKeys: 'Key records by their name, instead of asking DNS for them.',
    regimes: 'The laws whose duties are looked at.',
    findings: 'What is not as it should be, worst first.',
    counts: 'How many of each severity.',
    'counts.error': 'How many errors.',
    'counts.warning': 'How many warnings.',
    'counts.note': 'How many notes.',
    dkim: 'What each signature is worth, and which fields it covers.',
  },
}))
