import PostalMime from 'postal-mime'
import { firstLines } from '../../core/lines.ts'
import { type KeyFinder, latin1Bytes, type Signature, verifyDkim } from './dkim.ts'
import { fieldsByName, fieldsIn, fieldValue, partsOf } from './mime.ts'
import { bracketed } from './scan.ts'

/** Characters of each body that rules look at: what Gmail shows of one, so that nobody sees a footer behind them. */
export const LOOKED_AT = 102 * 1024
/** Lines of a message that are read: twice what the largest one has that a call may bring, at the usual 76 characters. */
export const LINES_READ = 100_000

/** What rules look at. */
export interface Facts {
  /** The fields as they stand, folds included. */
  fields: string[]
  /** Every value of a field, unfolded. */
  values(name: string): string[]
  /** The beginnings of the bodies, and how long each is in all. */
  text: string
  html: string
  textLength: number
  htmlLength: number
  /** Whether there are more lines than are read. */
  isCut: boolean
  /** Links of the body. */
  links: string[]
  /** Addresses in From and To, as written. */
  from: string[]
  to: string[]
  /** Addresses of List-Unsubscribe, by scheme. */
  https: string[]
  mailto: string[]
  signatures: Signature[]
  /** Whether the https address is ours, and if so, whether it is this recipient's. */
  link: 'ours' | 'not_verifying' | 'of_another' | 'foreign'
  legalName: string | null
  postalAddress: string | null
  longestLine: number
}

const LIMITS = { maxNestingDepth: 16, maxHeadersSize: 256 * 1024, forceRfc822Attachments: true }

/** Reads a message, byte by byte as characters, for the rules; undefined where it is none. Fetches nothing but keys. */
export async function factsOf(
  raw: string,
  find: KeyFinder,
  now: number,
): Promise<Omit<Facts, 'link' | 'legalName' | 'postalAddress'> | undefined> {
  if (!raw.includes('\r\n\r\n') || raw.startsWith('\r\n')) return undefined
  const { head, body } = partsOf(raw)
  const fields = fieldsIn(head)
  const all = latin1Bytes(raw)
  const read = firstLines(all, LINES_READ)
  const mail = await PostalMime.parse(read, LIMITS).catch(() => undefined)
  if (!mail) return undefined
  const named = fieldsByName(fields)
  const values = (name: string) => (named.get(name) ?? []).map(fieldValue)
  const unsubscribe = values('list-unsubscribe').flatMap(value =>
    [...bracketed(value)].map(({ inner }) => inner),
  )
  const html = (mail.html ?? '').slice(0, LOOKED_AT)
  const text = (mail.text ?? '').slice(0, LOOKED_AT)
  return {
    fields,
    values,
    text,
    html,
    textLength: mail.text?.length ?? 0,
    htmlLength: mail.html?.length ?? 0,
    isCut: read.length < all.length,
    links: [...hrefsIn(html), ...(text.match(/https?:\/\/[^\s<>"]+/g) ?? [])],
    from: mail.from?.address ? [mail.from.address] : [],
    to: (mail.to ?? []).flatMap(({ address }) => address || []),
    https: unsubscribe.filter(url => /^https:/i.test(url)),
    mailto: unsubscribe.filter(url => /^mailto:/i.test(url)),
    signatures: await verifyDkim(fields, body, find, now),
    longestLine: longestLineOf(raw),
  }
}

/** Returns where the links of an HTML body lead. */
const hrefsIn = (html: string): string[] =>
  [...bracketed(html)].flatMap(({ inner }) => {
    const [, double, single, bare] =
      (/^a[\s/]/i.test(inner) && /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))/i.exec(inner)) || []
    return (double ?? single ?? bare)?.replaceAll('&amp;', '&') ?? []
  })

function longestLineOf(raw: string): number {
  let longest = 0
  for (let from = 0, end = 0; end >= 0; from = end + 2) {
    end = raw.indexOf('\r\n', from)
    longest = Math.max(longest, (end < 0 ? raw.length : end) - from)
  }
  return longest
}
