import { ADDRESS_ID_BYTES } from '../core/address.ts'
import type { Value } from '../core/write/statement.ts'
import { address } from './address.ts'
import type { Query } from './engine/query.ts'
import { field, fieldsOf, selection } from './engine/selection.ts'
import { ID, pendingBeside, type SuppressionRow, suppression } from './suppression.ts'

/** A suppression, the event that last changed it, and the encrypted address where one is stored. */
export interface ListedRow extends SuppressionRow {
  seq: number
  subject: string
  sealed: Uint8Array | null
}

/** Extent of a page of the ledger. */
export interface PageReach {
  events: number
  first: number
  last: number
  /** The time of its oldest event. */
  oldest: number
}

const { toldAt: _, untold: __, ...kept } = fieldsOf(suppression, 's')
const ROW = selection<SuppressionRow>(kept)
const PLACED = selection<SuppressionRow & { place: number }>({ ...kept, place: field('n.i') })
const LISTED = selection<ListedRow>({
  ...kept,
  seq: field('p.seq'),
  subject: field('p.subject'),
  sealed: fieldsOf(address, 'a').sealed,
})

/** Always `fresh`. Asks for one suppression within one tenant; the ledger shows which tenant an address id belongs to. */
export const suppressionByKey = (
  tenant: number,
  { addressId, scope, reason }: Pick<SuppressionRow, 'addressId' | 'scope' | 'reason'>,
): Query<SuppressionRow[]> => ({
  sql: `SELECT ${ROW.list} FROM suppression AS s WHERE s.address_id = ? AND s.scope = ? AND s.reason = ?
    AND EXISTS (SELECT 1 FROM event AS e WHERE e.address_id = s.address_id AND +e.tenant = ?)`,
  args: [addressId, scope, reason, tenant],
  decode: ROW.rows,
})

/**
 * Always `fresh`. Asks for the suppressions of a packed list of up to 10,000 of a tenant's address ids, and returns those of each
 * place in the list that has any. Pending denials are added.
 */
export const suppressionsOfMany = (ids: Uint8Array): Query<Map<number, SuppressionRow[]>> => ({
  sql: `SELECT ${PLACED.list} FROM number AS n CROSS JOIN suppression AS s ON s.address_id = ${ID}
    WHERE n.i < ?2 ORDER BY n.i, s.scope, s.reason`,
  args: [ids, ids.length / ADDRESS_ID_BYTES],
  decode: rows => {
    const found = new Map<number, SuppressionRow[]>()
    for (const { place, ...row } of PLACED.rows(rows)) found.set(place, [...(found.get(place) ?? []), row])
    return found
  },
  overlayPending: (found, pending) => {
    const all = new Map(found)
    for (let place = 0; place * ADDRESS_ID_BYTES < ids.length; place++) {
      const id = ids.subarray(place * ADDRESS_ID_BYTES, (place + 1) * ADDRESS_ID_BYTES)
      const rows = found.get(place) ?? []
      const more = pendingBeside(rows, pending.of(id))
      if (more.length > 0) all.set(place, [...rows, ...more])
    }
    return all
  },
})

/** Always `fresh`. Asks which of a packed list of address ids a tenant's ledger knows, by their places in the list. */
export const knownIds = (tenant: number, ids: Uint8Array): Query<Set<number>> => ({
  sql: `SELECT n.i FROM number AS n WHERE n.i < ?2
    AND EXISTS (SELECT 1 FROM event AS e WHERE e.address_id = ${ID} AND +e.tenant = ?3)`,
  args: [ids, ids.length / ADDRESS_ID_BYTES, tenant],
  decode: rows => new Set(rows.map(([place]) => place as number)),
})

/** Part of a tenant's ledger: `events` of them, older or newer than the one at `seq`. */
export interface LedgerSlice {
  tenant: number
  direction: 'older' | 'newer'
  seq: number
  events: number
}

const page = ({ direction }: LedgerSlice): string =>
  `WITH page AS MATERIALIZED (SELECT seq, at, type, address_id, subject FROM event
    WHERE tenant = ?1 AND seq ${direction === 'older' ? '<' : '>'} ?2
    ORDER BY seq ${direction === 'older' ? 'DESC' : 'ASC'} LIMIT ?3)`

const args = ({ tenant, seq, events }: LedgerSlice): Value[] => [tenant, seq, events]

/**
 * Always `fresh`. Asks for the suppressions whose last change is in a page of the ledger and that still exist, in its order.
 *
 * The table is ordered for checks and has neither tenant nor time; an index for the list would double it. Each event names an
 * address id with few rows, and `decode` keeps the row whose public id is the event's subject.
 */
export const listed = (ledger: LedgerSlice, idOf: (row: SuppressionRow) => string): Query<ListedRow[]> => ({
  long: true,
  sql: `${page(ledger)} SELECT ${LISTED.list} FROM page AS p
    CROSS JOIN suppression AS s ON s.address_id = p.address_id
    LEFT JOIN address AS a ON a.address_id = p.address_id
    WHERE p.type = 'suppression.added' AND NOT EXISTS (
      SELECT 1 FROM event AS later INDEXED BY event_by_address
      WHERE later.address_id = p.address_id AND later.seq > p.seq AND later.subject = p.subject
        AND later.type IN ('suppression.added', 'suppression.lifted'))
    ORDER BY p.seq ${ledger.direction === 'older' ? 'DESC' : 'ASC'}`,
  args: args(ledger),
  decode: rows => LISTED.rows(rows).filter(row => idOf(row) === row.subject),
})

/** Always `fresh`. Asks for the extent of a page of the ledger. */
export const reachOf = (ledger: LedgerSlice): Query<PageReach> => ({
  sql: `${page(ledger)} SELECT count(*), min(seq), max(seq), min(at) FROM page`,
  args: args(ledger),
  decode: ([row]) => {
    const [events, first, last, oldest] = row as number[]
    return { events: events!, first: first!, last: last!, oldest: oldest! }
  },
})
