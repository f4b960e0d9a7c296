import type { ImportEvent } from './import.ts'

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
