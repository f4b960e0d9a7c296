import { nameOf } from './code.ts'

/**
 * Whose word a suppression is. The recipient's stands above everybody's: what they have said, nobody else takes back.
 * The numbers are what the database holds and never change.
 */
export const SOURCES = { recipient: 1, sender: 2, import: 3, report: 4 } as const

/** The name of a source. */
export type Source = keyof typeof SOURCES

/** Returns the source a stored number stands for; throws on a number this version does not know. */
export const sourceOf = nameOf(SOURCES, 'suppression source')
