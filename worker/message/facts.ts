import PostalMime, { decodeWords } from 'postal-mime'
import { firstLines } from '../../core/lines.ts'
import { type KeyFinder, latin1Bytes, type Signature, verifyDkim } from './dkim.ts'
import { folded } from './fold.ts'
import { fieldsByName, fieldsIn, fieldValue, partsOf } from './mime.ts'
import { type Link, type Page, pageOf } from './page.ts'
import { bracketed } from './scan.ts'
import { isWayOut, type WayOut, wayOutIn } from './way-out.ts'

/** Characters of each body that rules examine: Gmail clips the rest, so that no reader sees a footer there. */
export const LOOKED_AT = 102 * 1024
/** Lines parsed: twice what the largest message of a call has at the usual 76 characters. */
export const LINES_READ = 100_000

/** The facts that rules examine. */
export interface Facts {
  /** Header fields, with their folds. */
  fields: string[]
  /** Values of a field, unfolded. */
  values(name: string): string[]
  /** The same as readers see them: encoded words are read. */
  said(name: string): string[]
  /** Beginnings of the bodies, and their full lengths in characters. */
  text: string
  html: string
  textLength: number
  htmlLength: number
  /** Whether lines were left out. */
  isCut: boolean
  /** What readers see of the HTML, and the links of the text. */
  page: Page
  textLinks: Link[]
  /** The text that they see of both bodies, folded. */
  seen: string
  wayOut: WayOut
  /** Whether the HTML has a way out that nobody sees, and none besides. */
  isWayOutHidden: boolean
  /** Addresses of From and To, as written. */
  from: string[]
  to: string[]
  /** URLs of List-Unsubscribe, by scheme. */
  https: string[]
  mailto: string[]
  signatures: Signature[]
  /** Whether the https link is ours, and this recipient's. */
  link: 'ours' | 'not_verifying' | 'of_another' | 'foreign'
  legalName: string | null
  postalAddress: string | null
  longestLine: number
}

const LIMITS = { maxNestingDepth: 16, maxHeadersSize: 256 * 1024, forceRfc822Attachments: true }

/** Characters of a field that are read for their encoded words. */
const FIELD_READ = 2000

/**
 * Parses a message, given byte by byte as characters; undefined where it is none. Looks up the keys of signatures and nothing
 * else.
 */
export async function factsOf(
  given: string,
  find: KeyFinder,
  now: number,
): Promise<Omit<Facts, 'link' | 'legalName' | 'postalAddress'> | undefined> {
  // What separates mails in a mailbox file is no field.
  const raw = given.replace(/^>?From [^\r\n]*\r\n/, '')
  if (!raw.includes('\r\n\r\n') || raw.startsWith('\r\n')) return undefined
  const { head, body } = partsOf(raw)
  const fields = fieldsIn(head)
  const all = latin1Bytes(raw)
  const read = firstLines(all, LINES_READ)
  const mail = await PostalMime.parse(read, LIMITS).catch(() => undefined)
  if (!mail) return undefined
  const named = fieldsByName(fields)
  const values = (name: string) => (named.get(name) ?? []).map(fieldValue)
  const said = (name: string) => values(name).map(readable)
  const unsubscribe = values('list-unsubscribe').flatMap(value =>
    [...bracketed(value)].map(({ inner }) => inner),
  )
  const html = (mail.html ?? '').slice(0, LOOKED_AT)
  const text = (mail.text ?? '').slice(0, LOOKED_AT)
  const page = pageOf(html)
  const textLinks = (text.match(/https?:\/\/[^\s<>"]+/g) ?? []).map(url => ({ url, label: '' }))
  const https = unsubscribe.filter(url => /^https:/i.test(url))
  const ways = new Set(https)
  const seen = folded(`${page.shown}\n${text}`)
  return {
    fields,
    values,
    said,
    text,
    html,
    textLength: mail.text?.length ?? 0,
    htmlLength: mail.html?.length ?? 0,
    isCut: read.length < all.length,
    page,
    textLinks,
    seen,
    wayOut: wayOutIn([...page.links, ...textLinks], seen, ways),
    isWayOutHidden:
      page.hidden.some(link => isWayOut(link, ways)) &&
      wayOutIn(page.links, folded(page.shown), ways) !== 'shown',
    from: mail.from?.address ? [mail.from.address] : [],
    to: (mail.to ?? []).flatMap(({ address }) => address || []),
    https,
    mailto: unsubscribe.filter(url => /^mailto:/i.test(url)),
    signatures: await verifyDkim(fields, body, find, now),
    longestLine: longestLineOf(raw),
  }
}

function readable(value: string): string {
  const text = new TextDecoder().decode(latin1Bytes(value.slice(0, FIELD_READ)))
  return text.includes('=?') ? decodeWords(text) : text
}

function longestLineOf(raw: string): number {
  let longest = 0
  for (let from = 0, end = 0; end >= 0; from = end + 2) {
    end = raw.indexOf('\r\n', from)
    longest = Math.max(longest, (end < 0 ? raw.length : end) - from)
  }
  return longest
}
