import { hashOfAddress, hashOfHex } from '../../core/address.ts'

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
 * two different addresses is none, since either may be meant. `sha256` decides whether an apostrophe is the address's own or was
 * put before it because a spreadsheet would have run it as a formula.
 */
export function recipientIn(cell: string, sha256 = ''): FoundRecipient | undefined {
  const address = cell[0] === "'" ? withoutApostrophe(cell, sha256) : cell
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
function withoutApostrophe(cell: string, sha256: string): string {
  if (!/^'[=+\-@]/.test(cell)) return cell
  const given = hashOfHex(sha256.trim())
  const own = given && hashOfAddress(cell)
  return own?.every((byte, i) => byte === given![i]) ? cell : cell.slice(1)
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
