/** An event of the ledger. */
export interface LedgerEvent {
  id: string
  at: string
  type: string
  actor: string
  /** Address id of the recipient it is about, if any; `identify` returns the same for their address. */
  addressId?: string
  subject: string
  data: Record<string, unknown>
  leaf: string
  /** Present where it was asked for and exists; null once the person was erased. */
  evidence?: Record<string, unknown> | null
}

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
