import { fromHex } from './bytes.ts'
import type { HashMany } from './hash-many.ts'
import { HmacSha256, sha256 } from './sha256.ts'
import { urlOf } from './web-address.ts'

/** Bytes of an address id: 96 bits, about 6·10⁻¹² chance of any collision among 10⁹ addresses. */
export const ADDRESS_ID_BYTES = 12

/** Bytes of an address hash. */
export const HASH_BYTES = 32

/** Most addresses one call takes. */
export const BATCH_MAX = 10_000

const MAX_BYTES = 254
const ASCII_LABEL = /^[a-z0-9-]+$/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
// RFC 5321 §4.1.2 allows none of these outside a quoted string; quoted local parts are refused. Control and format characters,
// lone surrogates and unassigned code points are refused too.
const LOCAL_FORBIDDEN = /[\s"(),:;<>@[\\\]]|\p{C}/u
/** Form of nearly every address once lower-cased; canonicalisation would change nothing in it. */
const PLAIN =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const encoder = new TextEncoder()

/**
 * Returns the canonical form of an address, or undefined when the text is none.
 *
 * The form is trimmed and in Unicode NFC, its domain lower-case punycode (UTS 46, by the runtime's own URL parser), its local
 * part lower-cased. Dots and plus tags stay, since only the receiving host knows their meaning. It has at most 254 bytes, one
 * `@`, no control characters and a domain with at least one dot (RFC 5321 §4.5.3.1.3, RFC 6532).
 */
export function canonicalAddress(text: string): string | undefined {
  if (text.length <= MAX_BYTES && PLAIN.test(text) && !text.includes('xn--')) return text
  const trimmed = text.trim()
  const at = trimmed.indexOf('@')
  if (at < 1 || at !== trimmed.lastIndexOf('@') || trimmed.length > MAX_BYTES) return undefined
  const local = trimmed.slice(0, at).normalize('NFC').toLowerCase().normalize('NFC')
  if (LOCAL_FORBIDDEN.test(local)) return undefined
  const domain = canonicalDomain(trimmed.slice(at + 1))
  if (domain === undefined) return undefined
  const canonical = `${local}@${domain}`
  return encoder.encode(canonical).length <= MAX_BYTES ? canonical : undefined
}

function canonicalDomain(domain: string): string | undefined {
  let ascii = domain.toLowerCase()
  if (!isAsciiDomain(ascii) || ascii.includes('xn--')) {
    // Letters are lowered one by one: JavaScript lowers the last capital sigma of a word to another letter than UTS 46 does.
    const lower = domain.replace(/\p{Lu}/gu, letter => letter.toLowerCase())
    // A URL parser would read these characters as port, path, credentials or percent-encoding.
    if (/[\s%/\\?#:@[\]<>|^]|\p{Cc}/u.test(lower)) return undefined
    ascii = urlOf(`http://${lower}/`)?.hostname ?? ''
    if (!isAsciiDomain(ascii)) return undefined
  }
  return ascii.length <= 253 && ascii.split('.').every(label => LABEL.test(label)) ? ascii : undefined
}

function isAsciiDomain(domain: string): boolean {
  const labels = domain.split('.')
  const last = labels.at(-1)!
  // Every URL parser reads a host whose last label is digits, or hex after 0x, as an IPv4 address.
  const isNumber = !/[a-z]/.test(last) || /^0x[0-9a-f]*$/.test(last)
  return labels.length > 1 && !isNumber && labels.every(label => ASCII_LABEL.test(label))
}

/** Returns SHA-256 of a canonical address. A sender may send it instead of the address. */
export const addressHash = (canonical: string): Uint8Array<ArrayBuffer> => sha256(encoder.encode(canonical))

/** Returns the hash of an address as written, or undefined when the text is no address. */
export function hashOfAddress(text: string): Uint8Array<ArrayBuffer> | undefined {
  const canonical = canonicalAddress(text)
  return canonical === undefined ? undefined : addressHash(canonical)
}

/** Returns the hash that a sender wrote as hex of either case, or undefined. */
export const hashOfHex = (text: string): Uint8Array<ArrayBuffer> | undefined => fromHex(text, 32)

/**
 * Turns address hashes into address ids under one index key.
 *
 * Each tenant has its own key, so one person's ids at two tenants are unrelated and a leaked suppression list matches nothing
 * elsewhere; the platform's list has its own key too.
 */
export class AddressIndex {
  readonly #hmac: HmacSha256

  constructor(indexKey: Uint8Array) {
    this.#hmac = new HmacSha256(indexKey)
  }

  /** Returns the address ids of many address hashes. Hashes and ids lie end to end, in the same order. */
  ids(many: HashMany, hashes: Uint8Array): Uint8Array<ArrayBuffer> {
    return many.hmac(this.#hmac, hashes, HASH_BYTES, ADDRESS_ID_BYTES)
  }

  /** Returns the 12-byte address id of an address hash. */
  id(hash: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.#hmac.digest(hash).slice(0, ADDRESS_ID_BYTES)
  }
}

/** Returns the address with all but its first letters hidden: `a•••@e••••••.com`. Only the recipient may see it. */
export function maskedAddress(canonical: string): string {
  const [local = '', domain = ''] = canonical.split('@')
  const dot = domain.lastIndexOf('.')
  // The local part always gets three dots, which hide its length; the domain keeps its length, since providers' names are no
  // secret.
  return `${first(local)}•••@${first(domain)}${'•'.repeat(Math.max(dot - 1, 1))}${domain.slice(dot)}`
}

const first = (text: string): string => [...text][0] ?? ''
