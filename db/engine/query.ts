import type { Statement, Value } from '../../core/write/statement.ts'
import type { Pending } from './pending.ts'

/**
 * How new an answer must be. `fresh`: everything that was acknowledged before it was asked for, wherever it is: checks, and whatever a
 * person just changed. `may-lag`: what the nearest copy has, however far behind it is.
 */
export type Freshness = 'fresh' | 'may-lag'

/** A statement that reads, and what its rows mean. */
export interface Query<T> extends Statement {
  decode(rows: Value[][]): T
  /** Lays over a fresh answer what is denied and not in the database yet. `answers` are those of the whole read before that. */
  overlayPending?(answer: T, pending: Pending, answers: readonly unknown[]): T
}
