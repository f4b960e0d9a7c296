import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ADDRESS_ID_BYTES } from '../core/address.ts'
import { DAY_MS } from '../core/clock.ts'
import { REPORT_KINDS } from '../core/codes/report.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { append, appendIfChanged } from './event.ts'
import { destroy, overwrite } from './overwrite.ts'
import { EXTEND, type NewSuppression } from './suppression.ts'
import { workspace } from './tenant.ts'

/** A workspace's account at a mail provider. `sealed` holds the encrypted credentials that authenticate the provider's calls. */
export const inboundConnection = sqliteTable(
  'inbound_connection',
  {
    workspace: integer()
      .notNull()
      .references(() => workspace.number),
    provider: text({ enum: ['ses', 'postmark', 'mailgun', 'sendgrid'] }).notNull(),
    sealed: bytes().notNull(),
    updatedAt: integer('updated_at').notNull(),
  },
  table => [primaryKey({ columns: [table.workspace, table.provider] })],
)

/** Reports taken, each once. */
export const inboundReport = sqliteTable('inbound_report', {
  id: bytes().primaryKey(),
  once: bytes().unique(),
  addressId: bytes('address_id').notNull(),
  kind: integer().notNull(),
  at: integer().notNull(),
  /** Whether its provider signed it; null for old ones, which count as unsigned. */
  signed: integer({ mode: 'boolean' }),
  /** The mail it is about, where known. */
  message: bytes(),
})

/** Signatures that cover only themselves, from calls that reported nothing. */
export const inboundSignature = sqliteTable('inbound_signature', {
  id: bytes().primaryKey(),
  workspace: integer().notNull(),
  at: integer().notNull(),
})

/** Counts of refused reports, by day, channel and reason. */
export const inboundRefusal = sqliteTable(
  'inbound_refusal',
  {
    workspace: integer().notNull(),
    day: integer().notNull(),
    door: text().notNull(),
    why: text().notNull(),
    count: integer().notNull(),
    lastAt: integer('last_at').notNull(),
    lastOctets: integer('last_octets').notNull(),
  },
  table => [primaryKey({ columns: [table.workspace, table.day, table.door, table.why] })],
)

/** A connection as it is stored. */
export type ConnectionRow = typeof inboundConnection.$inferSelect
/** A refusal as it is counted. */
export type RefusalRow = typeof inboundRefusal.$inferSelect

/**
 * Always `fresh`, so that an ended connection authenticates nothing from the next call on. Asks for a workspace's connections.
 */
export const connectionsOf = (workspaceNumber: number): Query<ConnectionRow[]> => ({
  sql: 'SELECT workspace, provider, sealed, updated_at FROM inbound_connection WHERE workspace = ? ORDER BY provider',
  args: [workspaceNumber],
  decode: rows =>
    (rows as [number, ConnectionRow['provider'], Uint8Array, number][]).map(
      ([workspace, provider, sealed, updatedAt]) => ({ workspace, provider, sealed, updatedAt }),
    ),
})

/** Sets up a connection, replacing an earlier one, with its event. */
export const connect = (row: ConnectionRow, entry: LedgerEvent): Statement[] => [
  overwrite('inbound_connection', 'workspace = ? AND provider = ?', [row.workspace, row.provider]),
  {
    sql: `INSERT INTO inbound_connection (workspace, provider, sealed, updated_at) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at`,
    args: [row.workspace, row.provider, row.sealed, row.updatedAt],
  },
  append(entry),
]

/** Ends a connection, with its event. */
export const disconnect = (
  { workspace, provider }: Pick<ConnectionRow, 'workspace' | 'provider'>,
  entry: LedgerEvent,
): Statement[] => [
  ...destroy('inbound_connection', 'workspace = ? AND provider = ?', [workspace, provider]),
  appendIfChanged(entry),
]

/** Takes a report with its event; nothing where the report or its signature was taken before. */
export const takeReport = (row: typeof inboundReport.$inferSelect, entry: LedgerEvent): Statement[] => [
  {
    sql: `INSERT INTO inbound_report (id, once, address_id, kind, at, signed, message) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
      WHERE NOT EXISTS (SELECT 1 FROM inbound_signature WHERE id = ?2) ON CONFLICT DO NOTHING`,
    args: [row.id, row.once, row.addressId, row.kind, row.at, Number(row.signed), row.message],
  },
  appendIfChanged(entry),
]

/** Kind of a transient bounce before a mail was delivered: a repetition of it is still known, and it counts no more. */
const SETTLED = 6

/** Always `fresh`. Asks which addresses of a packed list have transient bounces that count, by their place in it. */
export const transientAmong = (ids: Uint8Array): Query<number[]> => ({
  sql: `SELECT n.i FROM number AS n WHERE n.i < ?2 AND EXISTS (SELECT 1 FROM inbound_report
      WHERE address_id = substr(?1, n.i * ${ADDRESS_ID_BYTES} + 1, ${ADDRESS_ID_BYTES}) AND kind = ${REPORT_KINDS.transient})`,
  args: [ids, ids.length / ADDRESS_ID_BYTES],
  decode: rows => rows.map(([place]) => place as number),
})

/** Lets an address's transient bounces count no more. Bookkeeping: it has no ledger event. */
export const settleTransient = (addressId: Uint8Array): Statement => ({
  sql: `UPDATE inbound_report SET kind = ${SETTLED} WHERE address_id = ? AND kind = ${REPORT_KINDS.transient}`,
  args: [addressId],
})

/** Marks a signature without a report as used. Bookkeeping, not a change: it has no ledger event. */
export const useSignature = (row: typeof inboundSignature.$inferSelect): Statement => ({
  sql: `INSERT INTO inbound_signature (id, workspace, at) SELECT ?1, ?2, ?3
    WHERE NOT EXISTS (SELECT 1 FROM inbound_report WHERE once = ?1) ON CONFLICT DO NOTHING`,
  args: [row.id, row.workspace, row.at],
})

/** Further reports about an address that a suppression requires. */
export type Precedent =
  /** At least so many transient bounces, this one included. */
  | { what: 'several'; atLeast: number; since: number; signed: boolean }
  /** A permanent bounce of another mail, no later than `until`. */
  | { what: 'another'; message: Uint8Array; until: number }

/**
 * Adds a suppression that follows from a report, with its event, if the report's own event was appended and the required
 * precedent exists.
 */
export const suppressFor = (
  row: NewSuppression,
  entry: LedgerEvent,
  because: Uint8Array,
  precedent: Precedent | undefined,
): Statement[] => {
  const needed = precedent ? precedentOf(precedent) : { sql: '', args: [] }
  return [
    {
      sql: `INSERT INTO suppression (address_id, scope, reason, source, at, until) SELECT ?1, ?2, ?3, ?4, ?5, ?6
        WHERE EXISTS (SELECT 1 FROM event WHERE id = ?7) ${needed.sql} ${EXTEND} RETURNING at`,
      args: [row.addressId, row.scope, row.reason, row.source, row.at, row.until, because, ...needed.args],
    },
    appendIfChanged(entry),
  ]
}

const precedentOf = (precedent: Precedent): Pick<Statement, 'sql' | 'args'> =>
  precedent.what === 'several'
    ? {
        sql: `AND ?8 <= (SELECT count(*) FROM inbound_report WHERE address_id = ?1 AND kind = ${REPORT_KINDS.transient} AND at > ?9
          ${precedent.signed ? 'AND signed = 1' : ''})`,
        args: [precedent.atLeast, precedent.since],
      }
    : {
        sql: `AND EXISTS (SELECT 1 FROM inbound_report
          WHERE address_id = ?1 AND kind = ${REPORT_KINDS.permanent} AND message <> ?8 AND at <= ?9)`,
        args: [precedent.message, precedent.until],
      }

/** Counts a refusal. Bookkeeping, not a change: it has no ledger event. */
export const countRefusal = (
  refusal: Pick<RefusalRow, 'workspace' | 'door' | 'why'>,
  at: number,
  bytes: number,
): Statement => ({
  sql: `INSERT INTO inbound_refusal (workspace, day, door, why, count, last_at, last_octets) VALUES (?, ?, ?, ?, 1, ?, ?)
    ON CONFLICT DO UPDATE SET count = count + 1, last_at = excluded.last_at, last_octets = excluded.last_octets`,
  args: [refusal.workspace, Math.floor(at / DAY_MS), refusal.door, refusal.why, at, bytes],
})

const REFUSAL = selection<RefusalRow>(fieldsOf(inboundRefusal))

/** `may-lag` is enough. Asks for the refusals of a workspace, newest day first. */
export const refusalsOf = (workspaceNumber: number): Query<RefusalRow[]> => ({
  sql: `SELECT ${REFUSAL.list} FROM inbound_refusal WHERE workspace = ? ORDER BY day DESC, door, why LIMIT 1000`,
  args: [workspaceNumber],
  decode: REFUSAL.rows,
})

/** `may-lag` is enough. Asks which workspace a mailbox belongs to. */
export const workspaceByMailbox = (mailbox: string): Query<number | undefined> => ({
  sql: `SELECT number FROM workspace WHERE unsubscribe_mailbox = ?1
    UNION ALL SELECT number FROM workspace WHERE feedback_mailbox = ?1 LIMIT 1`,
  args: [mailbox],
  decode: rows => rows[0]?.[0] as number | undefined,
})

/** `may-lag` is enough. Asks for the mailbox that takes reports about a workspace's mail. */
export const feedbackMailboxOf = (workspaceNumber: number): Query<string | undefined> => ({
  sql: 'SELECT feedback_mailbox FROM workspace WHERE number = ?',
  args: [workspaceNumber],
  decode: rows => (rows[0]?.[0] as string | null | undefined) ?? undefined,
})

/** `may-lag` is enough. Asks for the recipient of a mail of our own, by the reference at the start of its Message-ID. */
export const recipientOfOwnMail = (
  workspaceNumber: number,
  ref: Uint8Array,
): Query<Uint8Array | undefined> => ({
  sql: `SELECT address_id FROM subscription_request WHERE ref = ?1 AND workspace = ?2
    UNION ALL SELECT coalesce(successor_id, address_id) FROM rights_link WHERE ref = ?1 AND workspace = ?2`,
  args: [ref, workspaceNumber],
  decode: rows => rows[0]?.[0] as Uint8Array | undefined,
})

/**
 * Deletes reports and refusals from before a time, a limited number at once. Bookkeeping: their consequences are in the ledger.
 */
export const forgetInbound = (before: number, limit: number): Statement[] => [
  {
    sql: 'DELETE FROM inbound_report WHERE id IN (SELECT id FROM inbound_report WHERE at < ? LIMIT ?)',
    args: [before, limit],
  },
  {
    sql: 'DELETE FROM inbound_signature WHERE id IN (SELECT id FROM inbound_signature WHERE at < ? LIMIT ?)',
    args: [before, limit],
  },
  { sql: 'DELETE FROM inbound_refusal WHERE day < ?', args: [Math.floor(before / DAY_MS)] },
]
