/** Measurements of one request. */
export interface Trace {
  /** Id of the request in the log and in its answer. */
  readonly id: string
  /** Milliseconds spent on database reads. */
  database: number
  /** Milliseconds spent on writes through the lane. */
  lane: number
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/**
 * Begins a trace. Its id is the caller's if that is a UUID. Any other text is refused, since the id is logged and a caller might
 * name requests after recipients.
 */
export const openTrace = (given: string | null): Trace => ({
  id: given !== null && UUID.test(given) ? given.toLowerCase() : crypto.randomUUID(),
  database: 0,
  lane: 0,
})

/** Returns where a request's time went, as a Server-Timing field. The runtime's clock advances only while the request waits. */
export const serverTiming = (trace: Trace, total: number): string =>
  `db;dur=${trace.database}, lane;dur=${trace.lane}, total;dur=${total}`
