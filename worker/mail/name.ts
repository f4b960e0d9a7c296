import { directionOf, type Locale } from '../../core/locale.ts'

/** Makes text of others safe for a mail: no name can add a line or a link, or turn the direction of the words around it. */

/** Line ends would begin a header field or a paragraph, and bidi controls turn the words around them. */
const oneLine = (text: string): string => text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()

/** Mail clients turn anything like a URL into a link, so a name must not look like one. */
export const unlinked = (text: string): string =>
  oneLine(text).replace(/(?<=[^ ])[.:/@](?=[^ ])/gu, character => `${character}\u200c`)

const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u

/** Isolates the direction of a name from the words around it (Unicode UAX 9, FSI and PDI), where plain text needs that. */
export const isolated =
  (locale: Locale) =>
  (text: string): string =>
    directionOf(locale) === 'rtl' || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text

function shortened(text: string, max: number): string {
  if (text.length <= max) return text
  let short = ''
  for (const character of text) {
    if (short.length + character.length >= max) break
    short += character
  }
  return `${short.trimEnd()}…`
}

const SUBJECT_MAX = 100

/** Returns a subject with the sender's name, which is shortened where the subject would be too long. */
export function subjectOf(locale: Locale, sender: string, subject: (sender: string) => string): string {
  const apart = isolated(locale)
  const name = oneLine(sender)
  const room = SUBJECT_MAX + name.length - subject(apart(name)).length
  return subject(apart(shortened(name, room)))
}
