import type { FooterRow } from '../../db/footer.ts'
import { fieldName, fieldsIn, type MimeFlaw, type MimeRefused, partsOf } from './mime.ts'
import type { Rewritten } from './rewrite.ts'

/** A note for the sender about a change. */
export interface Note {
  code:
    | 'dkim_removed'
    | 'fields_replaced'
    | 'fields_removed'
    | 'text_unchanged'
    | 'charset_guessed'
    | 'head_mended'
    | 'no_postal_address'
    | 'no_legal_name'
  message: string
}

/** Fields that replace any of the same name in the message. */
export const OWN = ['list-unsubscribe', 'list-unsubscribe-post', 'cfbl-address', 'cfbl-feedback-id']
/** Signature fields, which the change would invalidate. */
export const SEALS = [
  'dkim-signature',
  'domainkey-signature',
  'arc-seal',
  'arc-message-signature',
  'arc-authentication-results',
]
/** Parts that a note names. */
const NAMED_MAX = 10

const FLAWS: Record<MimeFlaw, string> = {
  signed: 'is signed in its parts (S/MIME or PGP): a footer would break it. Prepare it first and sign then',
  encrypted: 'is encrypted: nothing can be put into it. Prepare it first and encrypt then',
  nested: 'has more parts within parts than any message needs',
  ambiguous: 'says something about a part twice and differently, and mail programs disagree on what counts',
  bare_cr:
    'has a carriage return without a line feed in its header, or a line feed without a carriage return, where mail programs disagree on whether a line ends',
  charset:
    'has a text whose bytes are not what it says; write it in UTF-8, or in base64 or quoted-printable, or give the message as rawBase64',
  encoding:
    'has a text whose transfer encoding is unknown or broken; write it in UTF-8, in base64 or quoted-printable',
  boundary: 'has parts that cannot be told apart: its boundary is missing, or nowhere in the body',
  after_end: 'has parts behind its closing boundary',
  another: 'has no text that a footer could go into',
  type: 'has no text that a footer could go into but one that is neither text/plain nor text/html',
  named: 'has no text that a footer could go into but one with the name of a file',
  no_head: 'has no header fields and an empty line behind them',
  no_text: 'has no text that a footer could go into: no text/plain and no text/html that is not a file',
}

/** Returns why a message is refused, naming the part. */
export const refusalOf = ({ flaw, part }: MimeRefused): string =>
  part === undefined ? FLAWS[flaw] : `${FLAWS[flaw]} (part ${part})`

const WHYS: Record<Rewritten['unchanged'][number]['why'], string> = {
  another: 'another text of the same type comes before, and has the footer',
  type: 'it is neither text/plain nor text/html, and mail programs that know its type show it instead of those',
  named: 'it has the name of a file, and mail programs show it all the same',
  boundary: 'its parts cannot be told apart: its boundary is missing, or nowhere in the body',
  after_end: 'more parts stand behind its closing boundary, where most mail programs show none',
  encoding: 'its transfer encoding is unknown or broken',
  charset: 'its bytes are not in the charset it names, or nobody here knows that charset',
}

/** Returns what is to be said about a message that was changed. */
export function notesOnMessage({ unchanged, guessed, mended }: Rewritten): Note[] {
  const notes: Note[] = []
  for (const [why, words] of Object.entries(WHYS)) {
    const parts = unchanged.filter(one => one.why === why).map(({ part }) => part)
    if (parts.length > 0)
      notes.push({ code: 'text_unchanged', message: `No footer went into ${listOf(parts)}: ${words}.` })
  }
  if (guessed.length > 0)
    notes.push({
      code: 'charset_guessed',
      message: `The text of ${listOf(guessed)} is not UTF-8 and names no charset that says more; its charset was guessed. Look whether its letters are right.`,
    })
  if (mended.length > 0)
    notes.push({
      code: 'head_mended',
      message: `The header of ${listOf(mended)} had blank lines before it, a line that is no field, or a boundary with a comment or in pieces, which some mail programs misread. The line was indented again, left out, or at the end of the header made the beginning of the body; the boundary is written plainly.`,
    })
  return notes
}

const listOf = (parts: string[]): string =>
  parts.slice(0, NAMED_MAX).join(', ') +
  (parts.length > NAMED_MAX ? ` and ${parts.length - NAMED_MAX} more` : '')

/** Returns what is to be said about the fields of a message, and about what its footer lacks. */
export function notesOnFields(raw: string | undefined, facts: FooterRow): Note[] {
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
