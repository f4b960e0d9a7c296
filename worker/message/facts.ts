import PostalMime from 'postal-mime'
import { type KeyFinder, octetsOf, type Signature, verifyDkim } from './dkim.ts'
import { fieldName, fieldsIn, fieldValue, partsOf } from './mime.ts'

/** What rules look at. */
export interface Facts {
  /** The fields as they stand, folds included. */
  fields: string[]
  /** Every value of a field, unfolded. */
  values(name: string): string[]
  text: string
  html: string
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

/** Reads a message, octet by octet as characters, for the rules; undefined where it is none. Fetches nothing but keys. */
export async function factsOf(
  raw: string,
  find: KeyFinder,
): Promise<Omit<Facts, 'link' | 'legalName' | 'postalAddress'> | undefined> {
  if (!raw.includes('\r\n\r\n') || raw.startsWith('\r\n')) return undefined
  const { head, body } = partsOf(raw)
  const fields = fieldsIn(head)
  const mail = await PostalMime.parse(octetsOf(raw), LIMITS).catch(() => undefined)
  if (!mail) return undefined
  const values = (name: string) => fields.filter(field => fieldName(field) === name).map(fieldValue)
  const unsubscribe = values('list-unsubscribe').flatMap(value =>
    [...value.matchAll(/<([^>]*)>/g)].map(([, url]) => url!),
  )
  const html = mail.html ?? ''
  const text = mail.text ?? ''
  return {
    fields,
    values,
    text,
    html,
    links: [
      ...[...html.matchAll(/<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi)].map(
        ([, double, single, bare]) => (double ?? single ?? bare ?? '').replaceAll('&amp;', '&'),
      ),
      ...(text.match(/https?:\/\/[^\s<>"]+/g) ?? []),
    ],
    from: mail.from?.address ? [mail.from.address] : [],
    to: (mail.to ?? []).flatMap(({ address }) => address || []),
    https: unsubscribe.filter(url => /^https:/i.test(url)),
    mailto: unsubscribe.filter(url => /^mailto:/i.test(url)),
    signatures: await verifyDkim(fields, body, find),
    longestLine: Math.max(...raw.split('\r\n').map(line => line.length)),
  }
}
