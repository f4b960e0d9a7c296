import PostalMime from 'postal-mime'
import { firstLines } from '../../core/lines.ts'
import { type KeyFinder, latin1Bytes, type Signature, verifyDkim } from './dkim.ts'
import { fieldsByName, fieldsIn, fieldValue, partsOf } from './mime.ts'
import { bracketed } from './scan.ts'

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
  /** Beginnings of the bodies, and their full lengths in characters. */
  text: string
  html: string
  textLength: number
  htmlLength: number
  /** Whether lines were left out. */
  isCut: boolean
  links: string[]
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

/**
 * Parses a message, given byte by byte as characters; undefined where it is none. Looks up the keys of signatures and nothing
 * else.
 */
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

/** Returns the link targets of an HTML body. */
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
