import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { HOUR_MS } from '../core/clock.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { appendIf, appendIfChanged } from './event.ts'

/** Shortest time between two ledger events about one key's reads of one kind, in milliseconds. */
export const TOLD_EVERY_MS = HOUR_MS

/** Reads of personal data by one key, of one kind, that have no event yet. */
export const personalDataRead = sqliteTable(
  'personal_data_read',
  {
    key: bytes().notNull(),
    workspace: integer().notNull(),
    what: text().notNull(),
    tenant: integer().notNull(),
    toldAt: integer('told_at').notNull(),
    untold: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.key, table.workspace, table.what] })],
)

/** A key and what it reads. */
export interface Reader {
  key: Uint8Array
  workspace: number
  tenant: number
  /** Kind of read, as events name it. */
  what: string
}

/** Appends the event of a read; one within the hour after the last event, or behind others that have none yet, is only counted. */
export const countRead = ({ key, workspace, tenant, what }: Reader, entry: LedgerEvent): Statement[] => [
  appendIf(entry, {
    sql: `NOT EXISTS (SELECT 1 FROM personal_data_read
      WHERE key = ? AND workspace = ? AND what = ? AND (untold > 0 OR told_at > ?))`,
    args: [key, workspace, what, entry.at - TOLD_EVERY_MS],
  }),
  {
    sql: `INSERT INTO personal_data_read (key, workspace, what, tenant, told_at, untold) VALUES (?1, ?2, ?3, ?4, ?5, 0)
      ON CONFLICT DO UPDATE SET
        told_at = iif(EXISTS (SELECT 1 FROM event WHERE id = ?6), max(told_at, excluded.told_at), told_at),
        untold = untold + NOT EXISTS (SELECT 1 FROM event WHERE id = ?6)`,
    args: [key, workspace, what, tenant, entry.at, entry.id],
  },
]

/** Reads that the ledger does not tell of yet. */
export type UntoldReads = Reader & { untold: number }

const UNTOLD = selection<UntoldReads>(fieldsOf(personalDataRead))

/** Always `fresh`. Asks for reads without an event where the last event is from before `before`, oldest first. */
export const readsToldBefore = (before: number, limit: number): Query<UntoldReads[]> => ({
  sql: `SELECT ${UNTOLD.list} FROM personal_data_read WHERE told_at <= ? AND untold > 0 ORDER BY told_at LIMIT ?`,
  args: [before, limit],
  decode: UNTOLD.rows,
})

/**
 * Appends the event of counted reads, once however many runs do so at a time. Those that were counted meanwhile stay counted, so
 * that a key that never stops is told of all the same.
 */
export const tellReads = ({ key, workspace, what, untold }: UntoldReads, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE personal_data_read SET told_at = ?1, untold = untold - ?2
      WHERE key = ?3 AND workspace = ?4 AND what = ?5 AND told_at <= ?6 AND untold >= ?2`,
    args: [entry.at, untold, key, workspace, what, entry.at - TOLD_EVERY_MS],
  },
  appendIfChanged(entry),
]

/** Deletes the counts of keys that read nothing more within the hour. Bookkeeping, not a change: it has no ledger event. */
export const forgetReaders = (now: number): Statement => ({
  sql: 'DELETE FROM personal_data_read WHERE told_at <= ? AND untold = 0',
  args: [now - TOLD_EVERY_MS],
})
