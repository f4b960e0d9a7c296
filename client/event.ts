/** An entry of the ledger. */
export interface LedgerEvent {
  id: string
  at: string
  type: string
  actor: string
  /** Whom it is about, where it is about somebody: `identify` gives the same for their address. */
  addressId?: string
  subject: string
  data: Record<string, unknown>
  leaf: string
  /** Where it was asked for and there is some; null once the person was erased. */
  evidence?: Record<string, unknown> | null
}

/** Which part of the ledger is read. */
export interface EventOptions {
  /** The cursor to go on from; from the beginning when left out. */
  after?: string | undefined
  /** Kinds of event, such as `suppression.added` or `consent.*`; all when left out. */
  types?: readonly string[] | undefined
  /** Whether evidence comes with the events; the key needs `evidence:read`. */
  evidence?: boolean | undefined
  signal?: AbortSignal | undefined
}

/** Some events in a row, and the cursor behind them. */
export interface EventPage {
  events: LedgerEvent[]
  cursor: string
}
