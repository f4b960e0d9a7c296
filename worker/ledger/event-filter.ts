import { EVENT_TYPES, type EventType } from '../../core/event.ts'

/** Whether a text names a kind of event, `suppression.added`, or all of one noun, `suppression.*`. */
export const isPattern = (text: string): boolean => matching(text).length > 0

/** Returns the kinds that a list of patterns names. What a later Floe knows besides is matched then. */
export const typesOf = (patterns: readonly string[]): EventType[] => [...new Set(patterns.flatMap(matching))]

const matching = (pattern: string): EventType[] =>
  EVENT_TYPES.filter(
    type => type === pattern || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  )
