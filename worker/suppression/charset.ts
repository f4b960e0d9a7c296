import { Fault } from '../../core/fault.ts'

/** Beginnings of files that are no text, whatever their name says: zip and xlsx, gzip, xls, PDF, zstd. */
const NO_TEXT = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x1f, 0x8b],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x25, 0x50, 0x44, 0x46],
  [0x28, 0xb5, 0x2f, 0xfd],
  // UTF-32, which no decoder here knows.
  [0xff, 0xfe, 0, 0],
  [0, 0, 0xfe, 0xff],
]

/** Charsets whose lines cannot be told apart by their bytes. */
const UNCUT = new Set(['iso-2022-jp', 'replacement', 'x-user-defined'])

/** Bytes that are enough to know UTF-16, a byte order mark, or a file that is no text. */
export const HEAD_BYTES = 4

/**
 * Returns the charset that a `Content-Type` names, as decoders call it, or undefined where it names none. Throws
 * `import.encoding` for one that cannot be read.
 */
export function declaredCharset(type: string): string | undefined {
  const label = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1]
  if (label === undefined) return undefined
  const known = encodingOf(label)
  if (known === undefined || UNCUT.has(known)) throw new Fault({ code: 'import.encoding' })
  return known
}

function encodingOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/**
 * Returns the charset of an upload: by its byte order mark, by the zeros between the letters of UTF-16, else as declared, else
 * UTF-8. Throws `import.encoding` for what is no text.
 */
export function charsetOf(head: Uint8Array, declared: string | undefined): string {
  const begins = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte)
  if (NO_TEXT.some(bytes => begins(...bytes))) throw new Fault({ code: 'import.encoding' })
  if (begins(0xef, 0xbb, 0xbf)) return 'utf-8'
  if (begins(0xff, 0xfe)) return 'utf-16le'
  if (begins(0xfe, 0xff)) return 'utf-16be'
  const zeros = [0, 1, 2, 3].map(i => (head[i] === 0 ? '0' : 'x')).join('')
  if (head.length >= HEAD_BYTES && zeros === 'x0x0') return 'utf-16le'
  if (head.length >= HEAD_BYTES && zeros === '0x0x') return 'utf-16be'
  return declared ?? 'utf-8'
}

/** Returns how many bytes of a head are its byte order mark. A quote behind it opens the first cell. */
export const markLength = ([a, b, c]: Uint8Array): number =>
  a === 0xef && b === 0xbb && c === 0xbf
    ? 3
    : (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
      ? 2
      : 0

/** Whether a charset has two bytes a letter, so that an upload is made UTF-8 before it is cut. */
export const isWide = (charset: string): boolean => charset.startsWith('utf-16')

/** Returns how many bytes of UTF-16 some UTF-8 was: a decoder makes one letter of each lone surrogate, so nothing is uncounted. */
export function wideLength(bytes: Uint8Array): number {
  let units = 0
  for (const byte of bytes) if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1
  return units * 2
}

/** A record as text, and whether what is not ASCII in it may have been other letters. */
export interface ReadText {
  text: string
  unsure?: 'not_utf8' | 'wrong_charset'
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const windows = new TextDecoder('windows-1252')

/**
 * Returns a reader of records in a charset. Where one is not UTF-8 and nobody said what it is, its ASCII is sure in any charset
 * that lists come in, and its other letters are not. Nor are they where a charset was named and they are good UTF-8 all the same,
 * which another charset hardly ever is by chance: `jörg` would be taken for `jÃ¶rg`.
 */
export function readerOf(charset: string): (bytes: Uint8Array) => ReadText {
  if (charset !== 'utf-8' && !isWide(charset)) {
    const named = new TextDecoder(charset)
    return bytes => {
      const text = named.decode(bytes)
      return bytes.some(byte => byte > 0x7f) && inUtf8(bytes) !== undefined
        ? { text, unsure: 'wrong_charset' }
        : { text }
    }
  }
  return bytes => {
    const text = inUtf8(bytes)
    return text === undefined ? { text: windows.decode(bytes), unsure: 'not_utf8' } : { text }
  }
}

function inUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}
