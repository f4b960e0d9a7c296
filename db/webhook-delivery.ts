import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DELIVERY_STATES } from '../core/codes/webhook.ts'
import type { LedgerEvent } from '../core/event.ts'
import { WAITING_MAX } from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { appendIfChanged, event } from './event.ts'
import { webhookEndpoint } from './webhook-endpoint.ts'

/** Events that were not delivered at once. A delivered event has no row. */
export const webhookDelivery = sqliteTable(
  'webhook_delivery',
  {
    endpoint: bytes()
      .notNull()
      .references(() => webhookEndpoint.id),
    seq: integer()
      .notNull()
      .references(() => event.seq),
    addressId: bytes('address_id'),
    state: integer().notNull(),
    attempts: integer().notNull(),
    firstAt: integer('first_at'),
    dueAt: integer('due_at').notNull(),
    code: text(),
  },
  table => [primaryKey({ columns: [table.endpoint, table.seq] })],
)

const { waiting, dead } = DELIVERY_STATES

const { seq, addressId, state, attempts, firstAt, dueAt, code } = fieldsOf(webhookDelivery, 'd')
const WAITING = selection<WaitingDelivery>({ seq, addressId, attempts, firstAt, dueAt })

/** Always `fresh`. Asks for all waiting deliveries of an endpoint, in order. */
export const waitingFor = (id: Uint8Array): Query<WaitingDelivery[]> => ({
  sql: `SELECT ${WAITING.list} FROM webhook_delivery AS d INDEXED BY webhook_delivery_waiting WHERE d.endpoint = ? AND d.state = ${waiting} ORDER BY d.seq`,
  args: [id],
  decode: WAITING.rows,
})

/** A delivery with its event, as a sender sees it. */
export interface DeliveryRow {
  seq: number
  eventId: Uint8Array
  type: string
  at: number
  state: number
  attempts: number
  firstAt: number | null
  dueAt: number
  code: string | null
}

const { id: eventId, type, at } = fieldsOf(event, 'e')
const DELIVERY = selection<DeliveryRow>({ seq, eventId, type, at, state, attempts, firstAt, dueAt, code })

/** Always `fresh`. Asks for the next deliveries of an endpoint in one state after a sequence number, in order. */
export const deliveriesAfter = (
  id: Uint8Array,
  state: number,
  seq: number,
  limit: number,
): Query<DeliveryRow[]> => ({
  // Those given up may be many, and lie among the waiting ones, which are few.
  sql: `SELECT ${DELIVERY.list} FROM webhook_delivery AS d ${state === waiting ? 'INDEXED BY webhook_delivery_waiting' : ''}
    JOIN event AS e ON e.seq = d.seq
    WHERE d.endpoint = ? AND d.state = ${state === waiting ? waiting : dead} AND d.seq > ? ORDER BY d.seq LIMIT ?`,
  args: [id, seq, limit],
  decode: DELIVERY.rows,
})

/** Deletes deliveries that have arrived. */
export const arrived = (id: Uint8Array, places: readonly number[]): Statement => ({
  sql: 'DELETE FROM webhook_delivery WHERE endpoint = ? AND seq IN (SELECT value FROM json_each(?))',
  args: [id, JSON.stringify(places)],
})

/** Stores an event that waits for its next attempt, or updates it; nothing where its endpoint is gone. */
export const wait = (id: Uint8Array, row: WaitingDelivery, code: string | null): Statement => ({
  sql: `INSERT INTO webhook_delivery (endpoint, seq, address_id, state, attempts, first_at, due_at, code)
    SELECT id, ?2, ?3, ${waiting}, ?4, ?5, ?6, ?7 FROM webhook_endpoint WHERE id = ?1
    ON CONFLICT DO UPDATE SET attempts = excluded.attempts, first_at = excluded.first_at, due_at = excluded.due_at, code = excluded.code`,
  args: [id, row.seq, row.addressId, row.attempts, row.firstAt, row.dueAt, code],
})

/** Gives up on an event, with its ledger event. */
export const giveUp = (
  id: Uint8Array,
  seq: number,
  attempts: number,
  code: string,
  entry: LedgerEvent,
): Statement[] => [
  {
    sql: `UPDATE webhook_delivery SET state = ${dead}, attempts = ?, code = ? WHERE endpoint = ? AND seq = ? AND state = ${waiting}`,
    args: [attempts, code, id, seq],
  },
  appendIfChanged(entry),
]

/** Queues given-up events again, oldest first and only up to the limit of waiting ones, with its ledger event. */
export const revive = (id: Uint8Array, entry: LedgerEvent): Statement[] => [
  // The endpoint becomes due at once, even if it was paused.
  { sql: 'UPDATE webhook_endpoint SET due_at = ?, idle_cursor = NULL WHERE id = ?', args: [entry.at, id] },
  {
    sql: `UPDATE webhook_delivery SET state = ${waiting}, attempts = 0, first_at = NULL, due_at = ?2 WHERE endpoint = ?1 AND seq IN (
      SELECT seq FROM webhook_delivery WHERE endpoint = ?1 AND state = ${dead} ORDER BY seq
      LIMIT max(0, ${WAITING_MAX} - (SELECT count(*) FROM webhook_delivery WHERE endpoint = ?1 AND state = ${waiting})))`,
    args: [id, entry.at],
  },
  appendIfChanged(entry),
]

/** An event that waits for its next attempt. */
export interface WaitingDelivery {
  seq: number
  addressId: Uint8Array | null
  attempts: number
  /** Time of the first attempt; null when there was none. */
  firstAt: number | null
  dueAt: number
}
