/** Milliseconds since 1970 UTC. Everything that needs the time is given a clock; this is the only file that reads one. */
export type Clock = () => number

/** The machine's clock. */
export const systemClock: Clock = () => Date.now()

/** Returns RFC 3339 UTC text for `at` (milliseconds). */
export const timestamp = (at: number): string => new Date(at).toISOString()

/** Resolves after `ms` milliseconds. */
export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** A minute, in milliseconds. */
export const MINUTE_MS = 60 * 1000
/** An hour, in milliseconds. */
export const HOUR_MS = 60 * MINUTE_MS
/** A day, in milliseconds. */
export const DAY_MS = 24 * HOUR_MS
