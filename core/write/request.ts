import type { Statement, StatementResult, Wired } from './statement.ts'

/** Everything one verb writes, ledger events included: applied whole or not at all. */
export type WriteBatch = Statement[]

/** A batch on its way to the database, as the write lane takes and keeps it. */
export interface WriteRequest {
  statements: Wired[]
  /** The denials it adds or extends, packed. */
  denials: Uint8Array
  /** Whether its caller needs the database's results: such a batch is never acknowledged from the journal. */
  needsResults: boolean
}

/**
 * What became of a batch. Without results it is acknowledged: kept durably, in effect for every check, and applied in its turn.
 * `refused`: the database refused it and nothing was applied. `unavailable`: it is not known to be applied.
 */
export type WriteOutcome =
  | { ok: true; results: StatementResult[] | undefined }
  | { ok: false; why: 'refused' | 'unavailable'; detail: string }
