import { and, asc, eq, sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DELIVERY_STATES, ENDPOINT_STATES } from '../core/codes/webhook.ts'
import type { LedgerEvent } from '../core/event.ts'
import { DOWN_AFTER, ENDPOINTS_MAX } from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import { builder, bytes, prepared } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { appendIfChanged } from './event.ts'
import { destroy } from './overwrite.ts'
import { workspace } from './tenant.ts'

/** Webhook endpoints of senders: settings, position in the ledger, and failures. */
export const webhookEndpoint = sqliteTable(
  'webhook_endpoint',
  {
    id: bytes().primaryKey(),
    tenant: integer().notNull(),
    workspace: integer()
      .notNull()
      .references(() => workspace.number),
    url: text().notNull(),
    description: text().notNull(),
    types: text({ mode: 'json' }).$type<string[]>().notNull(),
    secret: bytes().notNull(),
    oldSecret: bytes('old_secret'),
    oldSecretUntil: integer('old_secret_until'),
    state: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    cursor: integer().notNull(),
    dueAt: integer('due_at').notNull(),
    failures: integer().notNull().default(0),
    failingSince: integer('failing_since'),
    /** Cursor at which nothing was left to deliver; the endpoint is idle while it stands there. */
    idleCursor: integer('idle_cursor'),
  },
  table => [index('webhook_endpoint_by_workspace').on(table.workspace)],
)

/** Always `fresh`. Asks for an endpoint of a workspace. */
export const endpointOf = (workspaceNumber: number, id: Uint8Array): Query<WebhookEndpoint[]> =>
  byId({ workspace: workspaceNumber, id })

const byId = prepared(
  builder
    .select()
    .from(webhookEndpoint)
    .where(
      and(
        eq(webhookEndpoint.id, sql.placeholder('id')),
        eq(webhookEndpoint.workspace, sql.placeholder('workspace')),
      ),
    ),
)

/** Always `fresh`. Asks for a workspace's endpoints, oldest first. */
export const endpointsOf = (workspaceNumber: number): Query<WebhookEndpoint[]> =>
  ofWorkspace({ workspace: workspaceNumber })

const ofWorkspace = prepared(
  builder
    .select()
    .from(webhookEndpoint)
    .where(eq(webhookEndpoint.workspace, sql.placeholder('workspace')))
    .orderBy(asc(webhookEndpoint.createdAt), asc(webhookEndpoint.id)),
)

/** Always `fresh`. Asks for endpoints with deliveries due now, longest due first; `watch` has let the idle ones rest. */
export const endpointsDue = (now: number, limit: number): Query<WebhookEndpoint[]> => due({ now, limit })

const due = prepared(
  builder
    .select()
    .from(webhookEndpoint)
    .where(
      sql`${webhookEndpoint.state} = ${sql.raw(String(ENDPOINT_STATES.enabled))} AND ${webhookEndpoint.dueAt} <= ${sql.placeholder('now')}
        AND ${webhookEndpoint.idleCursor} IS NOT ${webhookEndpoint.cursor}
        AND (EXISTS (SELECT 1 FROM event AS e WHERE e.workspace = ${webhookEndpoint.workspace} AND e.seq > ${webhookEndpoint.cursor})
          OR EXISTS (SELECT 1 FROM webhook_delivery AS d INDEXED BY webhook_delivery_waiting WHERE d.endpoint = ${webhookEndpoint.id}
            AND d.state = ${sql.raw(String(DELIVERY_STATES.waiting))}
            AND (d.due_at <= ${sql.placeholder('now')} OR ${webhookEndpoint.failures} >= ${sql.raw(String(DOWN_AFTER))})))`,
    )
    .orderBy(asc(webhookEndpoint.dueAt))
    .limit(sql.placeholder('limit')),
)

/** Always `fresh`. Asks how many endpoints of all workspaces are in each state. */
export const endpointStates: Query<{ state: number; count: number }[]> = {
  sql: `SELECT ${ENDPOINT_STATES.enabled}, count(*) FROM webhook_endpoint INDEXED BY webhook_endpoint_due WHERE state = ${ENDPOINT_STATES.enabled}
    UNION ALL SELECT state, count(*) FROM webhook_endpoint INDEXED BY webhook_endpoint_stopped WHERE state > ${ENDPOINT_STATES.enabled} GROUP BY state`,
  args: [],
  decode: rows => (rows as [number, number][]).map(([state, count]) => ({ state, count })),
}

/**
 * Creates an endpoint for events from now on, with its ledger event; nothing where it exists or the workspace has reached its
 * limit.
 */
export const createEndpoint = (
  row: Pick<WebhookEndpoint, 'id' | 'tenant' | 'workspace' | 'url' | 'description' | 'types' | 'secret'>,
  entry: LedgerEvent,
): Statement[] => [
  {
    sql: `INSERT INTO webhook_endpoint (id, tenant, workspace, url, description, types, secret, state, created_at, cursor, due_at)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ${ENDPOINT_STATES.enabled}, ?8, (SELECT coalesce(max(seq), 0) FROM event), ?8
      WHERE (SELECT count(*) FROM webhook_endpoint WHERE workspace = ?3) < ${ENDPOINTS_MAX} ON CONFLICT DO NOTHING`,
    args: [
      row.id,
      row.tenant,
      row.workspace,
      row.url,
      row.description,
      JSON.stringify(row.types),
      row.secret,
      entry.at,
    ],
  },
  appendIfChanged(entry),
]

/** Updates an endpoint's settings, with its event. `anew` clears its failures, when it is enabled again. */
export const updateEndpoint = (
  { id, url, description, types, state }: WebhookEndpoint,
  anew: boolean,
  entry: LedgerEvent,
): Statement[] => [
  ...(anew ? [allDue(id, entry.at)] : []),
  {
    sql: `UPDATE webhook_endpoint SET url = ?2, description = ?3, types = ?4, state = ?5,
        failures = CASE WHEN ?6 THEN 0 ELSE failures END, failing_since = CASE WHEN ?6 THEN NULL ELSE failing_since END,
        due_at = CASE WHEN ?6 THEN ?7 ELSE due_at END WHERE id = ?1`,
    args: [id, url, description, JSON.stringify(types), state, anew ? 1 : 0, entry.at],
  },
  appendIfChanged(entry),
]

/** Gives an endpoint a new secret, with its event; the old one signs too until `oldUntil`. */
export const rotateSecret = (
  id: Uint8Array,
  secret: Uint8Array,
  oldUntil: number,
  entry: LedgerEvent,
): Statement[] => [
  {
    sql: 'UPDATE webhook_endpoint SET old_secret = secret, old_secret_until = ?, secret = ? WHERE id = ?',
    args: [oldUntil, secret, id],
  },
  appendIfChanged(entry),
]

/** Deletes an endpoint and its deliveries, with its event. */
export const deleteEndpoint = (id: Uint8Array, entry: LedgerEvent): Statement[] => [
  { sql: 'DELETE FROM webhook_delivery WHERE endpoint = ?', args: [id] },
  ...destroy('webhook_endpoint', 'id = ?', [id]),
  appendIfChanged(entry),
]

/** Sets an endpoint back to a sequence number, with its event: everything after it is delivered again. */
export const replayFrom = (id: Uint8Array, seq: number, entry: LedgerEvent): Statement[] => [
  { sql: 'DELETE FROM webhook_delivery WHERE endpoint = ? AND seq > ?', args: [id, seq] },
  {
    sql: 'UPDATE webhook_endpoint SET cursor = min(cursor, ?), due_at = ? WHERE id = ?',
    args: [seq, entry.at, id],
  },
  appendIfChanged(entry),
]

/** Makes all waiting deliveries of an endpoint due. */
export const allDue = (id: Uint8Array, now: number): Statement => ({
  sql: `UPDATE webhook_delivery INDEXED BY webhook_delivery_waiting SET due_at = ?2 WHERE endpoint = ?1 AND state = ${DELIVERY_STATES.waiting} AND due_at > ?2`,
  args: [id, now],
})

/**
 * Leases an endpoint until `until`, if it is still as it was read: of two concurrent runs one delivers, and after a crash it
 * comes due again. Bookkeeping, not a change: it has no ledger event.
 */
export const takeEndpoint = ({ id, dueAt, cursor }: WebhookEndpoint, until: number): Statement => ({
  sql: `UPDATE webhook_endpoint SET due_at = ? WHERE id = ? AND due_at = ? AND cursor = ? AND state = ${ENDPOINT_STATES.enabled}`,
  args: [until, id, dueAt, cursor],
})

/**
 * Stores the progress of a leased endpoint. Where another run has leased it or a sender has set it back, `due_at` becomes NULL,
 * which its column refuses, and so the whole batch is refused.
 */
export const advance = (
  { id, dueAt, cursor }: WebhookEndpoint,
  next: Pick<WebhookEndpoint, 'cursor' | 'dueAt' | 'failures' | 'failingSince'>,
): Statement => ({
  sql: `UPDATE webhook_endpoint SET due_at = CASE WHEN due_at = ? AND cursor = ? THEN ? END, cursor = ?, failures = ?, failing_since = ?
    WHERE id = ?`,
  args: [dueAt, cursor, next.dueAt, next.cursor, next.failures, next.failingSince, id],
})

/** Disables an endpoint, with its event, unless it is disabled already. */
export const disableEndpoint = (id: Uint8Array, state: number, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE webhook_endpoint SET state = ? WHERE id = ? AND state = ${ENDPOINT_STATES.enabled}`,
    args: [state, id],
  },
  appendIfChanged(entry),
]

/** An endpoint as it is stored. */
export interface WebhookEndpoint {
  id: Uint8Array
  tenant: number
  workspace: number
  url: string
  description: string
  /** Patterns of event types; empty for all types. */
  types: string[]
  secret: Uint8Array
  oldSecret: Uint8Array | null
  oldSecretUntil: number | null
  state: number
  createdAt: number
  cursor: number
  dueAt: number
  failures: number
  failingSince: number | null
  idleCursor: number | null
}
