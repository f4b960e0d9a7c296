/**
 * Base32 in an alphabet that survives servers which fold the case of a mail address: one case, no padding, and without i, l, o
 * and u, so that neither a Turkish locale (whose lower-case I is another letter) nor a reader's eye makes another text of it.
 */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

const CODES = new TextEncoder().encode(ALPHABET)
const VALUES = new Map(
  [...ALPHABET].flatMap((char, value) => [char, char.toUpperCase()].map(c => [c, value])),
)
const decoder = new TextDecoder()

/** Returns base32 in lower case without padding: eight characters for each five bytes. */
export function toBase32(bytes: Uint8Array): string {
  const groups = Math.ceil(bytes.length / 5)
  let whole = bytes
  if (bytes.length !== groups * 5) {
    whole = new Uint8Array(groups * 5)
    whole.set(bytes)
  }
  const codes = new Uint8Array(groups * 8)
  for (let i = 0, at = 0; at < codes.length; i += 5, at += 8) {
    // Two halves of 20 bits, since a number has 32.
    const high = (whole[i]! << 12) | (whole[i + 1]! << 4) | (whole[i + 2]! >> 4)
    const low = ((whole[i + 2]! & 0xf) << 16) | (whole[i + 3]! << 8) | whole[i + 4]!
    codes[at] = CODES[high >> 15]!
    codes[at + 1] = CODES[(high >> 10) & 31]!
    codes[at + 2] = CODES[(high >> 5) & 31]!
    codes[at + 3] = CODES[high & 31]!
    codes[at + 4] = CODES[low >> 15]!
    codes[at + 5] = CODES[(low >> 10) & 31]!
    codes[at + 6] = CODES[(low >> 5) & 31]!
    codes[at + 7] = CODES[low & 31]!
  }
  return decoder.decode(codes.subarray(0, Math.ceil((bytes.length * 8) / 5)))
}

/**
 * Decodes base32 of either case, or returns undefined for any text that `toBase32` would not write: padding, another alphabet, or
 * spare bits that are set. But for its case one value has one spelling.
 */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let bits = 0
  let held = 0
  let at = 0
  for (const char of text) {
    const value = VALUES.get(char)
    if (value === undefined) return undefined
    held = (held << 5) | value
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = held >> bits
    held &= (1 << bits) - 1
  }
  // Five or more bits left over are a character that says nothing.
  return bits < 5 && held === 0 ? bytes : undefined
}
