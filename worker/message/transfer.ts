import { fromBase64, toBase64 } from '../../core/bytes.ts'
import { latin1Bytes, latin1Text } from './dkim.ts'
import { trimEndOf } from './scan.ts'

const PLAIN = new Set(['', '7bit', '8bit', 'binary', '7-bit', '8-bit'])

/** Returns the bytes of a body, as characters; undefined where its transfer encoding is unknown or broken. */
export function bytesOf(body: string, encoding: string): string | undefined {
  if (PLAIN.has(encoding)) return body
  if (encoding === 'quoted-printable') return latin1Text(quotedBytes(body))
  if (encoding !== 'base64') return undefined
  try {
    return latin1Text(fromBase64(body.replace(/\s/g, '')))
  } catch {
    return undefined
  }
}

/** RFC 2045 §6.7. */
function quotedBytes(body: string): Uint8Array {
  const lines = body.split('\r\n').map(line => trimEndOf(line, ' \t'))
  // The line end behind the last one may be its delimiter's.
  const bytes = latin1Bytes(lines.join('\r\n').replaceAll('=\r\n', '').replace(/=$/, ''))
  // Decoded bytes are never more than encoded ones, so they are written in place.
  let length = 0
  for (let i = 0; i < bytes.length; i++) {
    const value = bytes[i] === EQUALS ? hexAt(bytes, i + 1) : undefined
    bytes[length++] = value ?? bytes[i]!
    if (value !== undefined) i += 2
  }
  return bytes.subarray(0, length)
}

const EQUALS = 0x3d

/** Returns the byte of two hex digits, or undefined. */
function hexAt(bytes: Uint8Array, at: number): number | undefined {
  const text = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0)
  return /^[0-9A-F]{2}$/i.test(text) ? Number.parseInt(text, 16) : undefined
}

/** Returns a text in UTF-8 and base64, in lines. */
export const base64Lines = (text: string): string =>
  (toBase64(new TextEncoder().encode(text.replace(/\r?\n/g, '\r\n'))).match(/.{1,76}/g) ?? []).join('\r\n')
