import { fromBase64, toBase64 } from '../../core/bytes.ts'
import { trimEndOf } from './scan.ts'

/** Why a message cannot be changed. */
export type MimeFlaw = 'signed' | 'encrypted' | 'nested' | 'charset' | 'no_head'

/** A message that cannot be changed. */
export class MimeRefused extends Error {
  constructor(readonly flaw: MimeFlaw) {
    super(flaw)
  }
}

/** Nested parts. */
const DEPTH_MAX = 8
const encoder = new TextEncoder()

/** Returns the fields of a header, each with its folds. */
export const fieldsIn = (head: string): string[] => head.split(/\r\n(?![ \t])/).filter(field => field !== '')

/** Returns the name of a field, in lower case. */
export const fieldName = (field: string): string => /^[^:\s]*/.exec(field)![0].toLowerCase()

/** Returns the fields of each name, in their order. */
export function fieldsByName(fields: readonly string[]): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const field of fields) {
    const name = fieldName(field)
    const others = named.get(name)
    if (others) others.push(field)
    else named.set(name, [field])
  }
  return named
}

/** Returns the value of a field, unfolded. */
export const fieldValue = (field: string): string =>
  field
    .slice(field.indexOf(':') + 1)
    .replace(/\r\n(?=[ \t])/g, '')
    .trim()

/** Splits a message at its first empty line. */
export function partsOf(raw: string): { head: string; body: string } {
  // A part may have no fields; a message must have some.
  if (raw.startsWith('\r\n')) return { head: '', body: raw.slice(2) }
  const at = raw.indexOf('\r\n\r\n')
  if (at < 0) throw new MimeRefused('no_head')
  return { head: raw.slice(0, at), body: raw.slice(at + 4) }
}

/**
 * Changes the first plain text and the first HTML of a message and leaves every other byte as it is.
 *
 * Own code, since libraries that parse messages in this runtime do not write them, and those that write them need Node.
 * Throws MimeRefused, among others for a message whose parts are signed or encrypted and would be broken.
 */
export function rewriteTexts(raw: string, change: (type: 'html' | 'plain', text: string) => string): string {
  const done = new Set<string>()

  function rewrite(part: string, depth: number): string {
    if (depth > DEPTH_MAX) throw new MimeRefused('nested')
    if (depth > 0 && !part.startsWith('\r\n') && !part.includes('\r\n\r\n')) return part
    const { head, body } = partsOf(part)
    const fields = fieldsIn(head)
    const field = (name: string) => fieldValue(fields.find(one => fieldName(one) === name) ?? ':')
    const type = field('content-type') || 'text/plain'
    if (/^multipart\/signed\b/i.test(type)) throw new MimeRefused('signed')
    if (/^(?:multipart\/encrypted|application\/(?:x-)?pkcs7-mime)\b/i.test(type))
      throw new MimeRefused('encrypted')
    const boundary = parameterOf(type, 'boundary')
    if (/^multipart\//i.test(type) && boundary) {
      const inner: string[] = []
      for (const { delimiter, text, isPart } of piecesOf(`\r\n${body}`, boundary))
        inner.push(delimiter, isPart ? rewrite(text, depth + 1) : text)
      return `${head}\r\n\r\n${inner.join('').slice(2)}`
    }
    const text = /^text\/(html|plain)\b/i.exec(type)?.[1]?.toLowerCase() as 'html' | 'plain' | undefined
    if (!text || done.has(text) || /^attachment\b/i.test(field('content-disposition'))) return part
    done.add(text)
    const encoding = field('content-transfer-encoding').toLowerCase()
    const changed = change(text, decoded(body, encoding, parameterOf(type, 'charset') ?? 'us-ascii'))
    const kept = fields.filter(one => !['content-type', 'content-transfer-encoding'].includes(fieldName(one)))
    const own = [`Content-Type: text/${text}; charset=utf-8`, 'Content-Transfer-Encoding: base64']
    return `${[...kept, ...own].join('\r\n')}\r\n\r\n${base64Lines(changed)}${depth === 0 ? '\r\n' : ''}`
  }

  return rewrite(raw, 0)
}

interface Piece {
  /** The delimiter line before it, with the line ends around it (RFC 2046 §5.1.1); empty before the first. */
  delimiter: string
  text: string
  /** Whether it is a part; preamble and epilogue are none. */
  isPart: boolean
}

/** Splits a body at its delimiter lines. */
function piecesOf(body: string, boundary: string): Piece[] {
  const pieces: Piece[] = []
  let before = { delimiter: '', isPart: false }
  let from = 0
  for (let at = body.indexOf(DASHES); at >= 0; at = body.indexOf(DASHES, Math.max(from, at + 1))) {
    const found = delimiterAt(body, at, boundary)
    if (!found) continue
    pieces.push({ ...before, text: body.slice(from, at) })
    before = found
    from = at + found.delimiter.length
  }
  return [...pieces, { ...before, text: body.slice(from) }]
}

const DASHES = '\r\n--'

function delimiterAt(body: string, at: number, boundary: string): Omit<Piece, 'text'> | undefined {
  let end = at + DASHES.length
  if (!body.startsWith(boundary, end)) return undefined
  end += boundary.length
  const closes = body.startsWith('--', end)
  if (closes) end += 2
  while (body[end] === ' ' || body[end] === '\t') end++
  if (body.startsWith('\r\n', end)) end += 2
  else if (end < body.length) return undefined
  return { delimiter: body.slice(at, end), isPart: !closes }
}

function parameterOf(value: string, name: string): string | undefined {
  for (const [, key, quoted, plain] of value.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"([^"]*)"|([^;\s"]+))/g))
    if (key!.toLowerCase() === name) return quoted ?? plain
  return undefined
}

function decoded(body: string, encoding: string, charset: string): string {
  const bytes =
    encoding === 'base64'
      ? base64Bytes(body)
      : encoding === 'quoted-printable'
        ? quotedBytes(body)
        : undefined
  const known = /^(?:utf-?8|us-ascii|ascii)$/i.test(charset)
  // An unencoded body was given as UTF-8 text, so bytes of another charset are lost.
  if (!bytes) {
    if (!known && /[^\0-\x7f]/.test(body)) throw new MimeRefused('charset')
    return body
  }
  try {
    return new TextDecoder(known ? 'utf-8' : charset, { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    throw new MimeRefused('charset')
  }
}

function base64Bytes(body: string): Uint8Array {
  try {
    return fromBase64(body.replace(/\s/g, ''))
  } catch {
    throw new MimeRefused('charset')
  }
}

/** RFC 2045 §6.7. */
function quotedBytes(body: string): Uint8Array {
  const lines = body.split('\r\n').map(line => trimEndOf(line, ' \t'))
  const bytes = encoder.encode(lines.join('\r\n').replaceAll('=\r\n', ''))
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

const base64Lines = (text: string): string =>
  (toBase64(encoder.encode(text.replace(/\r?\n/g, '\r\n'))).match(/.{1,76}/g) ?? []).join('\r\n')
