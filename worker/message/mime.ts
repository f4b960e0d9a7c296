import { fromBase64, toBase64 } from '../core/bytes.ts'

/** Why a message cannot be changed. */
export type MimeFlaw = 'signed' | 'encrypted' | 'nested' | 'charset' | 'no_head'

/** A message that cannot be changed, and why. */
export class MimeRefused extends Error {
  constructor(readonly flaw: MimeFlaw) {
    super(flaw)
  }
}

/** Parts within parts. */
const DEPTH_MAX = 8
const encoder = new TextEncoder()

/** Returns the fields of a head, each whole with its folds. */
export const fieldsIn = (head: string): string[] => head.split(/\r\n(?![ \t])/).filter(field => field !== '')

/** Returns the name of a field, in lower case. */
export const fieldName = (field: string): string => /^[^:\s]*/.exec(field)![0].toLowerCase()

/** Returns what a field says, unfolded. */
export const fieldValue = (field: string): string =>
  field
    .slice(field.indexOf(':') + 1)
    .replace(/\r\n(?=[ \t])/g, '')
    .trim()

/** Takes a message apart at its first empty line. */
export function partsOf(raw: string): { head: string; body: string } {
  // A part may have no fields at all; a message may not.
  if (raw.startsWith('\r\n')) return { head: '', body: raw.slice(2) }
  const at = raw.indexOf('\r\n\r\n')
  if (at < 0) throw new MimeRefused('no_head')
  return { head: raw.slice(0, at), body: raw.slice(at + 4) }
}

/**
 * Changes the first plain text and the first HTML of a message, and leaves every other octet as it is.
 *
 * Written out, since the libraries that read messages in this runtime do not write them, and those that write them want Node. Throws
 * MimeRefused for a message whose parts are signed or encrypted: it could only be broken.
 */
export async function rewriteTexts(
  raw: string,
  change: (type: 'html' | 'plain', text: string) => Promise<string>,
): Promise<string> {
  const done = new Set<string>()

  async function rewrite(part: string, depth: number): Promise<string> {
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
      const pieces = `\r\n${body}`.split(delimiterOf(boundary))
      const inner: string[] = []
      // Pieces and their delimiters take turns; the first piece is the preamble, and what follows "--" the epilogue.
      for (const [i, piece] of pieces.entries()) {
        const before = pieces[i - 1] ?? '--'
        const isPart = i % 2 === 0 && i > 0 && !/--[ \t]*(?:\r\n)?$/.test(before)
        inner.push(isPart ? await rewrite(piece, depth + 1) : piece)
      }
      return `${head}\r\n\r\n${inner.join('').slice(2)}`
    }
    const text = /^text\/(html|plain)\b/i.exec(type)?.[1]?.toLowerCase() as 'html' | 'plain' | undefined
    if (!text || done.has(text) || /^attachment\b/i.test(field('content-disposition'))) return part
    done.add(text)
    const encoding = field('content-transfer-encoding').toLowerCase()
    const changed = await change(text, decoded(body, encoding, parameterOf(type, 'charset') ?? 'us-ascii'))
    const kept = fields.filter(one => !['content-type', 'content-transfer-encoding'].includes(fieldName(one)))
    const own = [`Content-Type: text/${text}; charset=utf-8`, 'Content-Transfer-Encoding: base64']
    return `${[...kept, ...own].join('\r\n')}\r\n\r\n${base64Lines(changed)}${depth === 0 ? '\r\n' : ''}`
  }

  return rewrite(raw, 0)
}

/** A delimiter line with the line end before it (RFC 2046 §5.1.1), kept in its own group so that a split returns it. */
const delimiterOf = (boundary: string): RegExp =>
  new RegExp(`(\\r\\n--${boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:--)?[ \\t]*(?:\\r\\n|$))`)

const parameterOf = (value: string, name: string): string | undefined => {
  const [, quoted, plain] =
    new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s"]+))`, 'i').exec(value) ?? []
  return quoted ?? plain
}

function decoded(body: string, encoding: string, charset: string): string {
  const octets =
    encoding === 'base64'
      ? base64Octets(body)
      : encoding === 'quoted-printable'
        ? quotedOctets(body)
        : undefined
  const known = /^(?:utf-?8|us-ascii|ascii)$/i.test(charset)
  // What came as text already has lost the octets of any other encoding.
  if (!octets) {
    if (!known && /[^\0-\x7f]/.test(body)) throw new MimeRefused('charset')
    return body
  }
  try {
    return new TextDecoder(known ? 'utf-8' : charset, { fatal: true, ignoreBOM: false }).decode(octets)
  } catch {
    throw new MimeRefused('charset')
  }
}

function base64Octets(body: string): Uint8Array {
  try {
    return fromBase64(body.replace(/\s/g, ''))
  } catch {
    throw new MimeRefused('charset')
  }
}

/** RFC 2045 §6.7. */
function quotedOctets(body: string): Uint8Array {
  const text = body.replace(/[ \t]+(?=\r\n|$)/g, '').replace(/=\r\n/g, '')
  const octets: number[] = []
  for (let i = 0; i < text.length; i++) {
    const hex = text[i] === '=' ? /^[0-9A-F]{2}/i.exec(text.slice(i + 1, i + 3))?.[0] : undefined
    if (hex) {
      octets.push(Number.parseInt(hex, 16))
      i += 2
    } else octets.push(...encoder.encode(text[i]))
  }
  return Uint8Array.from(octets)
}

const base64Lines = (text: string): string =>
  (toBase64(encoder.encode(text.replace(/\r?\n/g, '\r\n'))).match(/.{1,76}/g) ?? []).join('\r\n')
