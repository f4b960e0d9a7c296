import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { CASE_STATES } from '../core/codes/rights.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { columnOf } from './engine/subject.ts'
import { appendIfChanged } from './event.ts'
import { overwrite } from './overwrite.ts'
import { workspace } from './tenant.ts'

/** Rights requests of recipients: fulfilled at once, or to be answered by a deadline. */
export const rightsRequest = sqliteTable('rights_request', {
  seq: integer().primaryKey(),
  ref: bytes().notNull().unique(),
  tenant: integer().notNull(),
  workspace: integer()
    .notNull()
    .references(() => workspace.number),
  addressId: bytes('address_id').notNull(),
  right: integer().notNull(),
  state: integer().notNull(),
  outcome: integer(),
  openedAt: integer('opened_at').notNull(),
  dueAt: integer('due_at'),
  regime: text(),
  extendedAt: integer('extended_at'),
  missedAt: integer('missed_at'),
  closedAt: integer('closed_at'),
  event: bytes().notNull(),
  sealed: bytes(),
})

/** A request as it is stored. */
export type RightsRequestRow = typeof rightsRequest.$inferSelect

const REQUEST = selection<RightsRequestRow>(fieldsOf(rightsRequest))
const SELECT = `SELECT ${REQUEST.list} FROM rights_request`

/** Always `fresh`. Asks for a workspace's requests before the one at `seq`, newest first. */
export const rightsRequestsBefore = (
  { workspace, state, right }: { workspace: number; state: number | null; right: number | null },
  seq: number,
  limit: number,
): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE workspace = ?1 AND seq < ?2 AND (?3 IS NULL OR state = ?3) AND (?4 IS NULL OR right = ?4) ORDER BY seq DESC LIMIT ?5`,
  args: [workspace, seq, state, right, limit],
  decode: REQUEST.rows,
})

/** Always `fresh`. Asks for one request of a workspace. */
export const rightsRequestByRef = (workspaceNumber: number, ref: Uint8Array): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE ref = ? AND workspace = ?`,
  args: [ref, workspaceNumber],
  decode: REQUEST.rows,
})

/**
 * Returns the recipient of a workspace's request with a reference, for queries of a read that begins with `rightsRequestByRef`.
 */
export const aboutRightsRequest = (workspaceNumber: number, ref: Uint8Array) => ({
  addressId: columnOf(rightsRequest, 'addressId', { ref, workspace: workspaceNumber }),
})

/** Always `fresh`. Asks for a recipient's requests at a tenant, in that order, beyond `seq` where given. */
export const rightsRequestsOf = (
  addressId: Uint8Array,
  from: 'oldest' | 'newest',
  seq: number | undefined,
  limit: number,
): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE address_id = ? AND ${from === 'oldest' ? 'seq > ? ORDER BY seq' : 'seq < ? ORDER BY seq DESC'} LIMIT ?`,
  args: [addressId, seq ?? (from === 'oldest' ? 0 : Number.MAX_SAFE_INTEGER), limit],
  decode: REQUEST.rows,
})

/** Always `fresh`. Asks for a recipient's last requests at a tenant: open ones first, then the newest. */
export const lastRequestsOf = (addressId: Uint8Array, limit: number): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE address_id = ? ORDER BY state, seq DESC LIMIT ?`,
  args: [addressId, limit],
  decode: REQUEST.rows,
})

/** Always `fresh`. Asks for a recipient's open requests at a tenant, oldest first. */
export const openRequestsOf = (addressId: Uint8Array): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE address_id = ? AND state = ${CASE_STATES.open} ORDER BY seq`,
  args: [addressId],
  decode: REQUEST.rows,
})

/** Asks for open requests past their deadline that are not yet recorded as missed, oldest first. */
export const missedRequests = (now: number, limit: number): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE state = ${CASE_STATES.open} AND missed_at IS NULL AND due_at <= ? ORDER BY due_at LIMIT ?`,
  args: [now, limit],
  decode: REQUEST.rows,
})

/** Open requests of all recipients. */
export interface OpenRights {
  open: number
  overdue: number
  /** The next deadline that is still to come; null where there is none. */
  nextDueAt: number | null
}

/** Always `fresh`. Asks how many requests are open, and by when; counts `most` of those recorded as missed, and of the others. */
export const openRights = (now: number, most: number): Query<OpenRights> => ({
  sql: `SELECT count(*), count(*) FILTER (WHERE due_at <= ?1), min(due_at) FILTER (WHERE due_at > ?1) FROM (
      SELECT * FROM (SELECT due_at FROM rights_request INDEXED BY rights_request_open
        WHERE state = ${CASE_STATES.open} AND missed_at IS NULL ORDER BY due_at LIMIT ?2)
      UNION ALL SELECT * FROM (SELECT due_at FROM rights_request INDEXED BY rights_request_missed
        WHERE state = ${CASE_STATES.open} AND missed_at IS NOT NULL LIMIT ?2))`,
  args: [now, most],
  decode([row]) {
    const [open, overdue, nextDueAt] = row as [number, number, number | null]
    return { open, overdue, nextDueAt }
  },
})

/** Most open requests of one recipient. */
export const OPEN_REQUESTS_MAX = 10

/** Returns the condition that a recipient may make one more request. */
export const mayAskMore = (addressId: Uint8Array): Pick<Statement, 'sql' | 'args'> => ({
  sql: `(SELECT count(*) FROM rights_request WHERE address_id = ? AND state = ${CASE_STATES.open}) < ${OPEN_REQUESTS_MAX}`,
  args: [addressId],
})

/** Inserts a request, if its event was appended. */
export const keepRequest = (row: Omit<RightsRequestRow, 'seq'>): Statement => ({
  sql: `INSERT INTO rights_request (ref, tenant, workspace, address_id, right, state, outcome, opened_at, due_at, regime, closed_at, event, sealed)
    SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM event WHERE id = ?)`,
  args: [
    row.ref,
    row.tenant,
    row.workspace,
    row.addressId,
    row.right,
    row.state,
    row.outcome,
    row.openedAt,
    row.dueAt,
    row.regime,
    row.closedAt,
    row.event,
    row.sealed,
    row.event,
  ],
})

/**
 * Closes an open request, once, with its event, and deletes its sealed address; within a bigger batch, only if that batch's event
 * `because` was appended.
 */
export const closeRequest = (
  ref: Uint8Array,
  outcome: number,
  entry: LedgerEvent,
  because: Uint8Array | null = null,
): Statement[] => [
  overwrite(
    'rights_request',
    `ref = ?1 AND state = ${CASE_STATES.open} AND (?2 IS NULL OR EXISTS (SELECT 1 FROM event WHERE id = ?2))`,
    [ref, because],
  ),
  {
    sql: `UPDATE rights_request SET state = ${CASE_STATES.closed}, outcome = ?1, closed_at = ?2, sealed = NULL
      WHERE ref = ?3 AND state = ${CASE_STATES.open} AND (?4 IS NULL OR EXISTS (SELECT 1 FROM event WHERE id = ?4))`,
    args: [outcome, entry.at, ref, because],
  },
  appendIfChanged(entry),
]

/** Extends the deadline of an open request, once, with its event. */
export const extendRequest = (
  ref: Uint8Array,
  { dueAt, regime }: { dueAt: number; regime: string },
  entry: LedgerEvent,
): Statement[] => [
  {
    sql: `UPDATE rights_request SET due_at = ?, regime = ?, extended_at = ?
      WHERE ref = ? AND state = ${CASE_STATES.open} AND extended_at IS NULL AND due_at > ?`,
    args: [dueAt, regime, entry.at, ref, entry.at],
  },
  appendIfChanged(entry),
]

/** Records, once, that a request passed its deadline unanswered, with its event. */
export const missRequest = (ref: Uint8Array, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE rights_request SET missed_at = ? WHERE ref = ? AND state = ${CASE_STATES.open} AND missed_at IS NULL AND due_at <= ?`,
    args: [entry.at, ref, entry.at],
  },
  appendIfChanged(entry),
]
