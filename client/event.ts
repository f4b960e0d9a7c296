import type { AnswerOf } from '../worker/http/operation.ts'
import type * as ledgerApi from '../worker/ledger/api.ts'

/**
 * An entry of the ledger. `addressId`: whom it is about, where it is about somebody; `identify` gives the same for their address.
 * `evidence`: where it was asked for and there is some; null once the person was erased.
 */
export type LedgerEvent = AnswerOf<typeof ledgerApi.readEventsDoc>['events'][number]

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
