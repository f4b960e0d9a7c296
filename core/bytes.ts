/** Bytes to text and back. Workerd has these methods on Uint8Array; Node gains them in version 25. */

interface NativeBase64 {
  toBase64?(options?: { alphabet?: 'base64' | 'base64url'; omitPadding?: boolean }): string
}

const BASE64URL = /^[A-Za-z0-9_-]*$/

/** Returns standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  const native = bytes as NativeBase64
  if (native.toBase64) return native.toBase64()
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x1000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x1000))
  return btoa(binary)
}

/** Returns base64url without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  const native = bytes as NativeBase64
  if (native.toBase64) return native.toBase64({ alphabet: 'base64url', omitPadding: true })
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Decodes standard base64, padded or not. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

/**
 * Decodes base64url, or returns undefined for any text that `toBase64Url` would not write: padding, another alphabet, or spare
 * bits that are set. One value has one spelling.
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!BASE64URL.test(text) || text.length % 4 === 1) return undefined
  const bytes = fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  return toBase64Url(bytes) === text ? bytes : undefined
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Returns lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (let i = 0; i < bytes.length; i++) hex += HEX[bytes[i]!]
  return hex
}

/** Decodes hex of either case into `length` bytes, or returns undefined. */
export function fromHex(text: string, length: number): Uint8Array<ArrayBuffer> | undefined {
  if (text.length !== length * 2 || !/^[0-9a-fA-F]*$/.test(text)) return undefined
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16)
  return bytes
}

/** Compares in a time that depends on the length alone, so that a guesser cannot time how many bytes were right. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}

/** Returns the parts end to end. */
export function concatBytes(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Writes a whole number below 2⁴⁸, as times in milliseconds are packed; a DataView has no such width of its own. */
export function setUint48(view: DataView, offset: number, value: number): void {
  view.setUint16(offset, Math.floor(value / 2 ** 32))
  view.setUint32(offset + 2, value >>> 0)
}

/** Returns what `setUint48` wrote. */
export const getUint48 = (view: DataView, offset: number): number =>
  view.getUint16(offset) * 2 ** 32 + view.getUint32(offset + 2)
