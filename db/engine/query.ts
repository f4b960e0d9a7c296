import type { Statement, Value } from '../../core/write/statement.ts'
import type { Pending } from './pending.ts'

/**
 * Required freshness of an answer. `fresh`: it includes everything acknowledged before the read, for checks and for data that a
 * person just changed. `may-lag`: the nearest copy's data, however far behind.
 */
export type Freshness = 'fresh' | 'may-lag'

/** A statement that reads, and the meaning of its rows. */
export interface Query<T> extends Statement {
  decode(rows: Value[][]): T
  /** Applies pending denials to a fresh answer. `answers` are those of the whole read, before any overlay. */
  overlayPending?(answer: T, pending: Pending, answers: readonly unknown[]): T
}
