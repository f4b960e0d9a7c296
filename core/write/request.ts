import type { Statement, StatementResult, Wired } from './statement.ts'

/** Everything one verb writes, ledger events included: applied whole or not at all. */
export type WriteBatch = Statement[]

/** An act on its way to the database, as the write lane takes and keeps it. */
export interface WriteRequest {
  statements: Wired[]
  /** What it denies, packed. */
  denials: Uint8Array
  /** Whether its sender has no use for anything but the database's own answer: then it is never answered from the journal. */
  needsResults: boolean
}

/**
 * What became of an act. Without results it is accepted: kept durably, in effect for every check, and applied in its turn.
 * `refused`: the database would not have it, nothing was applied. `unavailable`: not known to be applied.
 */
export type WriteOutcome =
  | { ok: true; results: StatementResult[] | undefined }
  | { ok: false; why: 'refused' | 'unavailable'; detail: string }
