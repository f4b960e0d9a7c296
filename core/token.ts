import { ADDRESS_ID_BYTES } from './address.ts'
import { fromBase32, toBase32 } from './base32.ts'
import { concatBytes, equalBytes, fromBase64Url, toBase64Url } from './bytes.ts'
import { FIRST_CLUSTER } from './cluster.ts'
import type { HashMany } from './hash-many.ts'
import type { Keyring, TokenPurpose } from './keys.ts'

const MAC_BYTES = 12
/**
 * MAC bytes of a link to a row outside the first cluster: its text may be no longer, and 88 bits exceed the minimum of 80 (RFC
 * 2104 §5).
 */
const ROW_MAC_BYTES = 11
const HEAD_BYTES = 1 + 4 + ADDRESS_ID_BYTES
/** Version in the first byte of a signed text: three bits of version, five of key id. */
const VERSION = 1
/** Version of a link to a row outside the first cluster. */
const ROW_VERSION = 2

/**
 * Length of the text of a row's link: short enough that a header line with `/c/`, the text and `/cancel` stays within 78 characters
 * behind the longest origin.
 */
const ROW_TEXT_LENGTH = 32

/** Longest message reference a link can carry, in bytes. */
export const MESSAGE_REF_MAX_BYTES = 8

/** Length of a token without a reference in a mail address. */
export const ADDRESS_TEXT_LENGTH = Math.ceil(((HEAD_BYTES + MAC_BYTES) * 8) / 5)
/** Returns the length of a token in a link, with a message reference of `refBytes`. */
export const linkTextLength = (refBytes: number): number =>
  Math.ceil(((HEAD_BYTES + MAC_BYTES + refBytes) * 8) / 6)

/** Claims of a link: recipient, topic, and optionally the message it was in. */
export interface Claim {
  topic: number
  addressId: Uint8Array
  ref: Uint8Array
}

/**
 * Appends the truncated MAC of `purpose` to `body`, whose first byte is left free for version and key id, and returns the
 * base64url text. 12 bytes of HMAC-SHA-256 exceed the minimum of 80 bits (RFC 2104 §5); forging takes 2⁹⁵ tries online.
 */
export const seal = (keyring: Keyring, purpose: TokenPurpose, body: Uint8Array): string =>
  sealAs(VERSION, MAC_BYTES, keyring, purpose, body)

/** Returns the body of a text sealed for `purpose` by any key of the ring, or undefined. */
export const unseal = (keyring: Keyring, purpose: TokenPurpose, text: string): Uint8Array | undefined =>
  unsealAs(VERSION, MAC_BYTES, keyring, purpose, text)

/**
 * Returns the text of a link to one row, named by its reference. Outside the first cluster, version 2 names the cluster in its
 * second byte and has a MAC one byte shorter; links to the first cluster keep their first form.
 */
export function sealRow(keyring: Keyring, purpose: TokenPurpose, cluster: number, ref: Uint8Array): string {
  const first = cluster === FIRST_CLUSTER
  const body = concatBytes([first ? [0] : [0, cluster], ref])
  return first ? seal(keyring, purpose, body) : sealAs(ROW_VERSION, ROW_MAC_BYTES, keyring, purpose, body)
}

/** Returns the reference in a text that `sealRow` made for `purpose`, or undefined. */
export function unsealRow(keyring: Keyring, purpose: TokenPurpose, text: string): Uint8Array | undefined {
  if (withoutEnd(text).length !== ROW_TEXT_LENGTH) return undefined
  return (
    unseal(keyring, purpose, text)?.slice(1) ??
    unsealAs(ROW_VERSION, ROW_MAC_BYTES, keyring, purpose, text)?.slice(2)
  )
}

function sealAs(
  version: number,
  macBytes: number,
  keyring: Keyring,
  purpose: TokenPurpose,
  body: Uint8Array,
): string {
  body[0] = (version << 5) | keyring.signingKeyId
  const mac = keyring.mac(keyring.signingKeyId, purpose)!.digest(body)
  return toBase64Url(concatBytes([body, mac.subarray(0, macBytes)]))
}

function unsealAs(
  version: number,
  macBytes: number,
  keyring: Keyring,
  purpose: TokenPurpose,
  text: string,
): Uint8Array | undefined {
  const sealed = fromBase64Url(withoutEnd(text))
  if (sealed === undefined || sealed.length <= macBytes || sealed[0]! >> 5 !== version) return undefined
  const mac = keyring.mac(sealed[0]! & 0x1f, purpose)
  if (mac === undefined) return undefined
  const body = sealed.subarray(0, -macBytes)
  const code = mac.digest(body).subarray(0, macBytes)
  return equalBytes(code, sealed.subarray(-macBytes)) ? body : undefined
}

/**
 * Returns a token as a link ends in it. Programs that find links in text leave a hyphen or an underscore at the end out, so a letter
 * stands behind it. No base64url text has 4n + 1 characters, which tells the letter.
 */
export function asLinkEnd(token: string): string {
  const last = token.at(-1)
  return last === '-' || last === '_' ? `${token}${END}` : token
}

const withoutEnd = (text: string): string =>
  text.length % 4 === 1 && /[-_]x$/.test(text) ? text.slice(0, -END.length) : text

const END = 'x'

/**
 * Returns a link token: version and key id (1 byte), topic (4), address id (12), message reference (0 to 8), MAC (12). It has 39
 * characters without a reference and at most 50: a longer one would not fit a header line of 78.
 */
export function mintToken(keyring: Keyring, purpose: TokenPurpose, claim: Claim): string {
  const body = new Uint8Array(HEAD_BYTES + claim.ref.length)
  new DataView(body.buffer).setUint32(1, claim.topic)
  body.set(claim.addressId, 5)
  body.set(claim.ref, HEAD_BYTES)
  return seal(keyring, purpose, body)
}

/** Recipients of one topic, whose ids lie end to end, and the reference of the message. */
export interface Claims {
  topic: number
  ids: Uint8Array
  ref: Uint8Array
}

/** Tokens of many recipients before they are text: each of `width` bytes, from every `pitch`th byte on. */
interface SealedTokens {
  bytes: Uint8Array
  width: number
  pitch: number
}

/** Seals the tokens of many recipients, in their order: as `mintToken` does each, in a fraction of the time. */
export function sealTokens(
  many: HashMany,
  keyring: Keyring,
  purpose: TokenPurpose,
  { topic, ids, ref }: Claims,
): SealedTokens {
  const width = HEAD_BYTES + ref.length
  const count = ids.length / ADDRESS_ID_BYTES
  const head = new Uint8Array(width)
  head[0] = (VERSION << 5) | keyring.signingKeyId
  new DataView(head.buffer).setUint32(1, topic)
  head.set(ref, HEAD_BYTES)
  const bodies = new Uint8Array(count * width)
  for (let i = 0; i < count; i++) {
    bodies.set(head, i * width)
    copy(ids, i * ADDRESS_ID_BYTES, bodies, i * width + 5, ADDRESS_ID_BYTES)
  }
  const macs = many.hmac(keyring.mac(keyring.signingKeyId, purpose)!, bodies, width, MAC_BYTES)
  // Each token is padded to a multiple of three bytes, so that one base64url call encodes all and each begins at a whole
  // character. The 29 bytes of one without a reference become 30, which base32 wants as well.
  const pitch = Math.ceil((width + MAC_BYTES) / 3) * 3
  const bytes = new Uint8Array(count * pitch)
  for (let i = 0; i < count; i++) {
    copy(bodies, i * width, bytes, i * pitch, width)
    copy(macs, i * MAC_BYTES, bytes, i * pitch + width, MAC_BYTES)
  }
  return { bytes, width: width + MAC_BYTES, pitch }
}

/** Tokens of many recipients in one text: each of `length` characters, from every `pitch`th on. */
export interface TokenTexts {
  text: string
  length: number
  pitch: number
}

/** Returns sealed tokens as links have them, in base64url. */
export const linkTexts = ({ bytes, width, pitch }: SealedTokens): TokenTexts => ({
  text: toBase64Url(bytes),
  length: Math.ceil((width * 8) / 6),
  pitch: (pitch * 8) / 6,
})

/**
 * Returns sealed tokens without a reference as mail addresses have them, in base32: the same bytes in 47 characters, which a server
 * that folds the case of an address does not break.
 */
export const addressTexts = ({ bytes, pitch }: SealedTokens): TokenTexts => ({
  text: toBase32(bytes),
  length: ADDRESS_TEXT_LENGTH,
  pitch: (pitch * 8) / 5,
})

/**
 * Returns a text from a mail address as the link's text of its token, in whichever of the two forms it stands there. No text is one
 * in both: the version makes a link's begin with I to P, and an address's with 4 to 7. Nothing is verified here.
 */
export function linkTextOf(text: string): string {
  const bytes = text.length === ADDRESS_TEXT_LENGTH ? fromBase32(text) : undefined
  return bytes && bytes[0]! >> 5 === VERSION ? toBase64Url(bytes) : text
}

/** Copies byte by byte: for a dozen bytes a view costs more than the copy. */
function copy(from: Uint8Array, at: number, to: Uint8Array, offset: number, length: number): void {
  for (let i = 0; i < length; i++) to[offset + i] = from[at + i]!
}

/** Returns the claims of a token, or undefined when no key of this ring minted it for `purpose`. */
export function readToken(keyring: Keyring, purpose: TokenPurpose, text: string): Claim | undefined {
  // A head, a MAC and 0 to 8 bytes between them have 39 to 50 characters. The length is checked first, so that a megabyte of path
  // costs nothing.
  if (text.length < 39 || text.length > 50) return undefined
  const body = unseal(keyring, purpose, text)
  if (body === undefined) return undefined
  return {
    topic: new DataView(body.buffer, body.byteOffset).getUint32(1),
    addressId: body.slice(5, HEAD_BYTES),
    ref: body.slice(HEAD_BYTES),
  }
}
