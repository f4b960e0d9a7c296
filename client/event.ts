import type { Answer } from './contract.ts'

/**
 * An event of the ledger. `addressId`: the recipient it is about, if any; `identify` returns the same for their address.
 * `evidence`: present where it was asked for and exists; null once the person was erased.
 */
export type LedgerEvent = Answer<'readEvents'>['events'][number]

/** Part of the ledger to read. */
export interface EventOptions {
  /** Cursor to start from; the beginning when left out. */
  after?: string | undefined
  /** Event types, such as `suppression.added` or `consent.*`; all when left out. */
  types?: readonly string[] | undefined
  /** Whether to include evidence; the key needs `evidence:read`. */
  evidence?: boolean | undefined
  signal?: AbortSignal | undefined
}

/** Consecutive events, and the cursor after them. */
export interface EventPage {
  events: LedgerEvent[]
  cursor: string
}
