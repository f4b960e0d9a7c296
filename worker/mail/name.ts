import { directionOf, type Locale } from '../../core/locale.ts'

/** What others wrote, made fit for a mail: no name becomes a line, a link, or the direction of the words around it. */

/** A line end would begin a header or a paragraph of its own, and a bidi control turns the words around it. */
const oneLine = (text: string): string => text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()

/** Mail programs make links of whatever looks like one: a name must not become a second place to press. */
export const unlinked = (text: string): string =>
  oneLine(text).replace(/(?<=[^ ])[.:/@](?=[^ ])/gu, character => `${character}\u200c`)

const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/u

/** Sets a name apart from the direction of the words around it (Unicode UAX 9, FSI and PDI), where plain text needs that. */
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

/** Returns a subject that names the sender, whose name is cut where it would make it too long. */
export function subjectOf(locale: Locale, sender: string, subject: (sender: string) => string): string {
  const apart = isolated(locale)
  const name = oneLine(sender)
  const room = SUBJECT_MAX + name.length - subject(apart(name)).length
  return subject(apart(shortened(name, room)))
}
