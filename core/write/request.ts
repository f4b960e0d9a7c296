import type { Statement, StatementResult, Wired } from './statement.ts'

/** Everything one verb writes, ledger events included. It is applied whole or not at all. */
export type WriteBatch = Statement[]

/** A batch as a caller sends it to the write lane, which stores it in this form. */
export interface WriteRequest {
  statements: Wired[]
  /** Denials that the batch adds or extends, packed. */
  denials: Uint8Array
  /** Whether the caller needs the database's results: such a batch is never acknowledged from the journal. */
  needsResults: boolean
  /**
   * Whether it is one of many large batches, as of an import: other writes that wait go before it. Lanes that do not know the field
   * take it in order of arrival.
   */
  bulk?: true
}

/**
 * Outcome of a batch. Without results it is acknowledged: stored durably, effective for every check, and applied in its turn.
 * A bulk batch learns whether other writes came shortly before or meanwhile, from a lane that knows. `refused`: the database refused it and applied
 * nothing. `unavailable`: it is not known to be applied.
 */
export type WriteOutcome =
  | { ok: true; results: StatementResult[] | undefined; othersWaited?: boolean }
  | { ok: false; why: 'refused' | 'unavailable'; detail: string }
