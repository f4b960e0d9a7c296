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

/** Prints a line for people, or an object for programs. */
export const printed = (json: boolean, object: object, line: string): void =>
  console.log(json ? JSON.stringify(object) : line)

/** Returns the name that was probably meant, as a sentence; nothing where none is near. */
export function meant(name: string, names: readonly string[]): string {
  const [nearest] = names.map(one => [distance(name, one), one] as const).sort(([a], [b]) => a - b)
  return nearest && nearest[0] <= 2 ? ` Did you mean ${nearest[1]}?` : ''
}

/** Returns how many letters must be put in, taken out or replaced to make one word of the other (Levenshtein). */
function distance(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++)
      row[j] = Math.min(
        before[j]! + 1,
        row[j - 1]! + 1,
        before[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1),
      )
    before = row
  }
  return before[other.length]!
}
