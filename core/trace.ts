/** What is noted about one request on its way, beside what it is answered. */
export interface Trace {
  /** What the request is called in the log and in its answer. */
  readonly id: string
  /** Milliseconds that its questions to the database took. */
  database: number
  /** Milliseconds that its writes took, through the lane. */
  lane: number
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/**
 * Begins a trace, under the id the caller gave where it is a UUID. Nothing else is taken over: the id is written to the log,
 * and a caller who names requests after recipients would write them there.
 */
export const openTrace = (given: string | null): Trace => ({
  id: given !== null && UUID.test(given) ? given.toLowerCase() : crypto.randomUUID(),
  database: 0,
  lane: 0,
})

/** Returns where a request's time went, as a header field (Server Timing). The runtime's clock stands still but while it waits. */
export const serverTiming = (trace: Trace, total: number): string =>
  `db;dur=${trace.database}, lane;dur=${trace.lane}, total;dur=${total}`
