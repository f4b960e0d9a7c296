import type { Wired } from './statement.ts'

/** A read as a caller sends it to the read lane: its statements run one after another, and in no other caller's transaction. */
export interface ReadRequest {
  /** URL of the primary that the caller is set to; a lane that is set to others asks nobody. */
  primary: string
  /** Tenant whose sender asks; undefined for everybody else. */
  tenant: number | undefined
  statements: Wired[]
}

/**
 * Outcome of a read: the encoded rows of each statement, as `rowsIn` takes them apart. `refused`: the database refused a statement.
 * `overloaded`: the caller's share of the lane is taken. `unavailable`: the lane has no answer; the database may still have one.
 */
export type ReadOutcome =
  | { ok: true; rows: string }
  | { ok: false; why: 'refused' | 'overloaded' | 'unavailable'; detail: string }
