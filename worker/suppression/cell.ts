import { ADDRESS_ID_BYTES, hashOfAddress, hashOfHex } from '../../core/address.ts'
import { equalBytes, fromBase64Url } from '../../core/bytes.ts'

/** Characters without width, which come along when an address is copied from a page or a document. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g

/** Pairs of quotes around a whole cell. */
const QUOTES = ["'", '"', '`']

/** A recipient of a cell: the hash, and the address as it was written, or '' where a hash stood there. */
export interface FoundRecipient {
  hash: Uint8Array
  address: string
}

/**
 * Returns the recipient of a cell: an address, alone or as mail programs and pages write it, or a hash in its place. A cell with
 * two different addresses is none, since either may be meant. `sha256`, or `isTheirs`, decides whether an apostrophe is the
 * address's own or was put before it because a spreadsheet would have run it as a formula.
 */
export function recipientIn(
  cell: string,
  sha256 = '',
  isTheirs: (hash: Uint8Array) => boolean = () => false,
): FoundRecipient | undefined {
  const given = hashOfHex(sha256.trim())
  const isOwn = (hash: Uint8Array) => (given !== undefined && equalBytes(hash, given)) || isTheirs(hash)
  const address = cell[0] === "'" ? withoutApostrophe(cell, isOwn) : cell
  return recipient(address) ?? recipient(unwrapped(address)) ?? hashed(sha256)
}

function recipient(text: string): FoundRecipient | undefined {
  // U+FFFD stands where a letter was lost: whoever was meant, it was another address.
  if (text.includes('\ufffd')) return undefined
  const hash = hashOfAddress(text)
  return hash ? { hash, address: text } : hashed(text)
}

function hashed(text: string): FoundRecipient | undefined {
  const trimmed = text.trim()
  const hash = hashOfHex(/^0x/i.test(trimmed) ? trimmed.slice(2) : trimmed)
  return hash && { hash, address: '' }
}

/** An address may begin with `'+` itself, but hardly any does; every spreadsheet-safe export writes `'+ada@…` for `+ada@…`. */
function withoutApostrophe(cell: string, isOwn: (hash: Uint8Array) => boolean): string {
  if (!/^'[=+\-@]/.test(cell)) return cell
  const hash = hashOfAddress(cell)
  return hash && isOwn(hash) ? cell : cell.slice(1)
}

/** Returns the address id of a cell, or undefined where none stands there; some begin with a sign that spreadsheets run. */
export function addressIdIn(cell: string): Uint8Array | undefined {
  const bytes = fromBase64Url(cell.trim().replace(/^'/, ''))
  return bytes?.length === ADDRESS_ID_BYTES ? bytes : undefined
}

function unwrapped(cell: string): string {
  let text = cell.replace(INVISIBLE, '').trim()
  const opened = text.endsWith('>') ? text.indexOf('<') : -1
  if (opened >= 0) {
    const inner = text.slice(opened + 1, -1)
    const name = text.slice(0, opened)
    const others = name.toLowerCase().split(/[\s"'`(),;:<>[\]]+/)
    if (others.some(word => word.includes('@') && word !== inner.trim().toLowerCase())) return ''
    text = inner.trim()
  }
  if (/^mailto:/i.test(text)) text = decoded(text.slice(7).split('?', 1)[0]!)
  // A spreadsheet's way to keep a text as it is.
  if (text.startsWith('="')) text = text.slice(1)
  if (QUOTES.includes(text[0]!) && text.at(-1) === text[0]) text = text.slice(1, -1).trim()
  let end = text.length
  while (end > 0 && '.,;'.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
