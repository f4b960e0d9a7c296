import { toBase64 } from '../../core/bytes.ts'

/** RFC 5322 §2.1.1. */
const LINE_MAX = 78
/**
 * Bytes in an encoded word: 52 characters in base64, so that a line with `Subject: ` before it stays within 76 (RFC 2047 §2).
 */
const WORD_BYTES = 39
const PRINTABLE = /^[\x20-\x7e]*$/
const encoder = new TextEncoder()

/** Returns a header field, verbatim where the text is ASCII and fits the line, as encoded words otherwise. */
export function textField(name: string, text: string): string {
  const line = `${name}: ${text}`
  // ASCII text that looks like an encoded word would be decoded.
  return line.length <= LINE_MAX && PRINTABLE.test(text) && !text.includes('=?')
    ? line
    : `${name}: ${encodedWords(text)}`
}

/** Returns a header field that names one mailbox (RFC 5322 §3.4). */
export function mailboxField(name: string, mailbox: { name: string; address: string }): string {
  const line = `${name}: ${mailboxText(mailbox)}`
  // Mail clients decode encoded words inside quotes too, against the standard.
  return line.length <= LINE_MAX && PRINTABLE.test(mailbox.name) && !mailbox.name.includes('=?')
    ? line
    : `${name}: ${encodedWords(mailbox.name)}\r\n <${mailbox.address}>`
}

/** Returns a mailbox as unencoded text, for transports that encode it themselves. */
export const mailboxText = (mailbox: { name: string; address: string }): string =>
  `"${mailbox.name.replace(/["\\]/g, '\\$&')}" <${mailbox.address}>`

/** Returns a time in milliseconds since 1970 UTC as RFC 5322 §3.3 formats it. */
export const mailDate = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000')

/** Splits text into encoded words (RFC 2047), one a line, never within a character. */
function encodedWords(text: string): string {
  const words: string[] = []
  let bytes: number[] = []
  for (const character of text) {
    const next = encoder.encode(character)
    if (bytes.length + next.length > WORD_BYTES) {
      words.push(encodedWord(bytes))
      bytes = []
    }
    bytes.push(...next)
  }
  return [...words, encodedWord(bytes)].join('\r\n ')
}

const encodedWord = (bytes: number[]): string => `=?UTF-8?B?${toBase64(Uint8Array.from(bytes))}?=`
