import { nameOf } from './code.ts'

/**
 * Sources of a suppression. The recipient's own outranks all others: nobody else can take it back. The database holds these
 * numbers; they never change.
 */
export const SOURCES = { recipient: 1, sender: 2, import: 3, report: 4 } as const

/** Name of a source. */
export type Source = keyof typeof SOURCES

/** Returns the source of a stored number. Throws on a number this version does not know. */
export const sourceOf = nameOf(SOURCES, 'suppression source')
