import { EVENT_TYPES, type EventType } from '../../core/event.ts'

/** Whether a text names a type of event (`suppression.added`), or all types of a noun (`suppression.*`). */
export const isPattern = (text: string): boolean => matching(text).length > 0

/** Returns the types that patterns name. Stored patterns also match types that a later version adds. */
export const typesOf = (patterns: readonly string[]): EventType[] => [...new Set(patterns.flatMap(matching))]

const matching = (pattern: string): EventType[] =>
  EVENT_TYPES.filter(
    type => type === pattern || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  )
