import type { Denial } from './denial.ts'

/**
 * The SQL server's own protocol, Hrana 3 over HTTP: one request carries a whole batch and closes its stream.
 *
 * It is written out because the edge needs no more, and a read costs 0.88 of one through the client library
 * (decision 0002). An unclosed stream would hold one of the server's connections for 10 s, hence the `close`.
 */

/** Value of a column or an argument. */
export type Value = null | number | string | Uint8Array

/** A statement with its arguments, in order. */
export interface Statement {
  sql: string
  args: Value[]
  /** Suppressions it adds or extends, for checks that run before the database has it. */
  denies?: readonly Denial[]
  /** Whether it may answer thousands of rows, and so shares no pipeline with other callers' reads. */
  long?: boolean
}

/** A statement encoded for the wire; the write lane keeps it in this form. */
export type Wired = string

/** Result of a statement. */
export interface StatementResult {
  rows: Value[][]
  affected: number
}
