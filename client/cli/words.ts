import leven from 'leven'
import type { ImportEvent } from '../import.ts'

/** Returns a number as people read it. */
export const count = (number: number): string => number.toLocaleString('en')

/** Returns how many of something there are. */
export const plural = (number: number, what: string): string =>
  `${count(number)} ${what}${number === 1 ? '' : 's'}`

/** Returns a code as words. */
export const worded = (code: string): string => code.replaceAll('_', ' ')

/** Returns what an import says of a line. */
export const remark = (event: Extract<ImportEvent, { type: 'refused' | 'noted' }>): string =>
  event.type === 'refused'
    ? `line ${event.line}: ${worded(event.error)}`
    : `line ${event.line}: ${worded(event.note)}, taken without it`

/** Returns a text on one line: control characters of somebody's list would be lines of their own, or commands to a terminal. */
export const shown = (text: string): string => text.replace(/\p{C}+/gu, '�')

/** Prints lines for people, or an object for programs. */
export const printed = (json: boolean, object: object, ...lines: string[]): void =>
  console.log(json ? JSON.stringify(object) : lines.map(shown).join('\n'))

/** Returns the name that was probably meant, as a sentence; nothing where none is near. */
export function meant(name: string, names: readonly string[]): string {
  const [nearest] = names.map(one => [leven(name, one), one] as const).sort(([a], [b]) => a - b)
  return nearest && nearest[0] <= 2 ? ` Did you mean ${nearest[1]}?` : ''
}
