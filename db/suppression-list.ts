import type { Value } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import type { SuppressionRow } from './suppression.ts'

/** A suppression, the event that last changed it, and the encrypted address where one is kept. */
export interface ListedRow extends SuppressionRow {
  seq: number
  subject: string
  sealed: Uint8Array | null
}

/** How far a page of the ledger reached. */
export interface Reach {
  events: number
  first: number
  last: number
  /** The time of its oldest event. */
  oldest: number
}

const COLUMNS = 's.address_id, s.scope, s.reason, s.source, s.at, s.until, s.chosen_at'

const rowOf = ([addressId, scope, reason, source, at, until, chosenAt]: Value[]): SuppressionRow => ({
  addressId: addressId as Uint8Array,
  scope: scope as number,
  reason: reason as number,
  source: source as number,
  at: at as number,
  until: until as number | null,
  chosenAt: chosenAt as number | null,
})

/** Always `fresh`. Asks for one suppression within one tenant: the ledger says whose an address id is. */
export const suppressionByKey = (
  tenant: number,
  { addressId, scope, reason }: Pick<SuppressionRow, 'addressId' | 'scope' | 'reason'>,
): Query<SuppressionRow[]> => ({
  sql: `SELECT ${COLUMNS} FROM suppression AS s WHERE s.address_id = ? AND s.scope = ? AND s.reason = ?
    AND EXISTS (SELECT 1 FROM event AS e WHERE e.address_id = s.address_id AND +e.tenant = ?)`,
  args: [addressId, scope, reason, tenant],
  decode: rows => rows.map(rowOf),
})

/** Which part of a tenant's ledger to look at: `events` of them, older or newer than the one at `seq`. */
export interface LedgerPage {
  tenant: number
  direction: 'older' | 'newer'
  seq: number
  events: number
}

const page = ({ direction }: LedgerPage): string =>
  `WITH page AS MATERIALIZED (SELECT seq, at, type, address_id, subject FROM event
    WHERE tenant = ?1 AND seq ${direction === 'older' ? '<' : '>'} ?2
    ORDER BY seq ${direction === 'older' ? 'DESC' : 'ASC'} LIMIT ?3)`

const args = ({ tenant, seq, events }: LedgerPage): Value[] => [tenant, seq, events]

/**
 * Always `fresh`. Asks for the suppressions that were last added or extended in a page of the ledger and still stand, in its order.
 *
 * The table itself is ordered for the check and knows neither tenants nor time; an index for the list would double it.
 * Each event names an address id; the rows of that id are few, and `decode` keeps the one the event is about by its public id.
 */
export const listed = (ledger: LedgerPage, idOf: (row: SuppressionRow) => string): Query<ListedRow[]> => ({
  sql: `${page(ledger)} SELECT ${COLUMNS}, p.seq, p.subject, a.sealed FROM page AS p
    CROSS JOIN suppression AS s ON s.address_id = p.address_id
    LEFT JOIN address AS a ON a.address_id = p.address_id
    WHERE p.type = 'suppression.added' AND NOT EXISTS (
      SELECT 1 FROM event AS later INDEXED BY event_by_address
      WHERE later.address_id = p.address_id AND later.seq > p.seq AND later.subject = p.subject
        AND later.type <> 'suppression.repeated')
    ORDER BY p.seq ${ledger.direction === 'older' ? 'DESC' : 'ASC'}`,
  args: args(ledger),
  decode: rows =>
    rows
      .map(row => ({
        ...rowOf(row),
        seq: row[7] as number,
        subject: row[8] as string,
        sealed: row[9] as Uint8Array | null,
      }))
      .filter(row => idOf(row) === row.subject),
})

/** Always `fresh`. Asks how far a page of the ledger reaches. */
export const reachOf = (ledger: LedgerPage): Query<Reach> => ({
  sql: `${page(ledger)} SELECT count(*), min(seq), max(seq), min(at) FROM page`,
  args: args(ledger),
  decode: ([row]) => {
    const [events, first, last, oldest] = row as number[]
    return { events: events!, first: first!, last: last!, oldest: oldest! }
  },
})
