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

/** What a recipient demanded about their data: done at once, or to be answered by a day. */
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

/** A request as it is kept. */
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

/** Returns whom a workspace's request with a reference is of, for queries of a read that begins with `rightsRequestByRef`. */
export const aboutRightsRequest = (workspaceNumber: number, ref: Uint8Array) => ({
  addressId: columnOf(rightsRequest, 'addressId', { ref, workspace: workspaceNumber }),
})

/** Always `fresh`. Asks for a part of what a recipient demanded of a tenant, in that order, beyond the one at `seq` where there is one. */
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

/** Always `fresh`. Asks for what a recipient demanded of a tenant last: what waits for an answer first, then the newest. */
export const lastRequestsOf = (addressId: Uint8Array, limit: number): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE address_id = ? ORDER BY state, seq DESC LIMIT ?`,
  args: [addressId, limit],
  decode: REQUEST.rows,
})

/** Always `fresh`. Asks for what a recipient demanded of a tenant and waits for an answer, oldest first. */
export const openRequestsOf = (addressId: Uint8Array): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE address_id = ? AND state = ${CASE_STATES.open} ORDER BY seq`,
  args: [addressId],
  decode: REQUEST.rows,
})

/** Asks which requests passed their day unanswered without that being written down, oldest first. */
export const missedRequests = (now: number, limit: number): Query<RightsRequestRow[]> => ({
  sql: `${SELECT} WHERE state = ${CASE_STATES.open} AND missed_at IS NULL AND due_at <= ? ORDER BY due_at LIMIT ?`,
  args: [now, limit],
  decode: REQUEST.rows,
})

/** Requests of one recipient that may wait for an answer at a time. */
export const OPEN_REQUESTS_MAX = 10

/** Whether a recipient may ask for one more, as a condition of what asks for it. */
export const mayAskMore = (addressId: Uint8Array): Pick<Statement, 'sql' | 'args'> => ({
  sql: `(SELECT count(*) FROM rights_request WHERE address_id = ? AND state = ${CASE_STATES.open}) < ${OPEN_REQUESTS_MAX}`,
  args: [addressId],
})

/** Keeps a request, if the event was appended that says so. */
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
 * Closes a request that is open, once, with its event, and forgets whom it is about; as part of a bigger act only if that act's
 * event `because` was appended.
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

/** Gives a request that is open a later deadline, once, with its event. */
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

/** Writes down, once, that a request passed its day unanswered, with its event. */
export const missRequest = (ref: Uint8Array, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE rights_request SET missed_at = ? WHERE ref = ? AND state = ${CASE_STATES.open} AND missed_at IS NULL AND due_at <= ?`,
    args: [entry.at, ref, entry.at],
  },
  appendIfChanged(entry),
]
