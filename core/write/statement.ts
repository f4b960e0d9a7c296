import type { Denial } from './denial.ts'

/**
 * The SQL server's own protocol, Hrana 3 over HTTP: one request carries a whole batch and closes its stream.
 *
 * Written out because it is the whole of what the edge needs, and a read through it costs 0.88 of what the client library asks
 * (worker/decisions/0002). An unclosed stream would hold one of the server's connections for 10 s, hence the `close`.
 */

/** What a column or an argument can hold. */
export type Value = null | number | string | Uint8Array

/** A statement with its arguments, in order. */
export interface Statement {
  sql: string
  args: Value[]
  /** What it denies, for those who must know before the database does. */
  denies?: readonly Denial[]
}

/** A statement as it goes over the wire, and as the write lane keeps it. */
export type Wired = string

/** What a statement gave. */
export interface StatementResult {
  rows: Value[][]
  affected: number
}
