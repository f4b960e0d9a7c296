import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { workspace } from './tenant.ts'

/** Progress of imports. */
export const importProgress = sqliteTable(
  'import',
  {
    workspace: integer()
      .notNull()
      .references(() => workspace.number),
    name: text().notNull(),
    parameters: text({ mode: 'json' }).$type<ImportParameters>().notNull(),
    // Stored under the name it was made with: a migration only adds (db/README.md).
    offset: integer('octets').notNull(),
    line: integer().notNull(),
    added: integer().notNull(),
    unchanged: integer().notNull(),
    refused: integer().notNull(),
    startedAt: integer('started_at').notNull(),
    doneAt: integer('done_at'),
    /** Sequence numbers of the ledger's last event before the first batch and after the last one; null in imports from before migration 0024. */
    firstSeq: integer('first_seq'),
    lastSeq: integer('last_seq'),
    undoneAt: integer('undone_at'),
    undoEndedAt: integer('undo_ended_at'),
  },
  table => [primaryKey({ columns: [table.workspace, table.name] })],
)

/**
 * Parameters that must stay the same when an import continues. The header is stored, since only the beginning of the file has it.
 */
export interface ImportParameters {
  scope: number
  reason: string
  format: string
  header: string[] | null
  delimiter: string
  /** Whether rows of an export of Floe's are taken in every scope; absent in imports that began before they were. */
  everyScope?: boolean
  /** Whether it may hold rows of an export of Floe's in other scopes. */
  isMixed?: boolean
  /** Absent for UTF-8 in imports that began before there were others. */
  charset?: string
  addressColumn?: string | undefined
  reasonColumn?: string | undefined
  timeColumn?: string | undefined
  dateOrder?: 'day_first' | 'month_first' | undefined
}

/** Progress of one import. */
export type ImportRow = typeof importProgress.$inferSelect

const FIELDS = fieldsOf(importProgress)
const ROW = selection<ImportRow>(FIELDS)
const LAST_SEQ = '(SELECT coalesce(max(seq), 0) FROM event)'

/** Always `fresh`. Asks for the progress of a workspace's import. */
export const importByName = (workspaceNumber: number, name: string): Query<ImportRow[]> => ({
  sql: `SELECT ${ROW.list} FROM import WHERE workspace = ? AND name = ?`,
  args: [workspaceNumber, name],
  decode: ROW.rows,
})

/** Always `fresh`. Asks for a workspace's imports that began before `before`, the newest first. */
export const importsOf = (workspaceNumber: number, before: number, limit: number): Query<ImportRow[]> => ({
  sql: `SELECT ${ROW.list} FROM import WHERE workspace = ? AND started_at < ? ORDER BY started_at DESC LIMIT ?`,
  args: [workspaceNumber, before, limit],
  decode: ROW.rows,
})

/** Returns, as SQL, whether an import stands at a byte and is not undone. */
export const standsAt = (workspaceNumber: string, name: string, offset: string, more = ''): string =>
  `EXISTS (SELECT 1 FROM import WHERE workspace = ${workspaceNumber} AND name = ${name} AND ${FIELDS.offset.sql} = ${offset} AND undone_at IS NULL ${more})`

/** Inserts an import, unless it is there already. No two of a workspace begin in the same millisecond, so that a list can go on between them. */
export const beginImport = (
  row: Omit<ImportRow, 'firstSeq' | 'lastSeq' | 'undoneAt' | 'undoEndedAt'>,
): Statement => ({
  sql: `INSERT INTO import (workspace, name, parameters, ${FIELDS.offset.sql}, line, added, unchanged, refused, done_at, started_at, first_seq, last_seq)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, max(?10, (SELECT coalesce(max(m.started_at), 0) + 1 FROM import AS m WHERE m.workspace = ?1)),
      ${LAST_SEQ}, ${LAST_SEQ}) ON CONFLICT DO NOTHING`,
  args: [
    row.workspace,
    row.name,
    JSON.stringify(row.parameters),
    row.offset,
    row.line,
    row.added,
    row.unchanged,
    row.refused,
    row.doneAt,
    row.startedAt,
  ],
})

/**
 * Advances an import from byte `from`. It must follow the statement that appended the batch's events, since that statement's
 * number of changes is the number added; the other `valid` lines were there already. Changes no row when another upload has
 * advanced it; the batch then adds none either (`ImportStep`).
 */
export const advanceImport = (
  place: { workspace: number; name: string; from: number },
  batch: { offset: number; line: number; valid: number; refused: number; doneAt: number | null },
): Statement => ({
  sql: `UPDATE import SET ${FIELDS.offset.sql} = ?1, line = ?2, refused = refused + ?3, done_at = ?4, last_seq = ${LAST_SEQ},
      added = added + iif(?5 = 0, 0, changes()), unchanged = unchanged + ?5 - iif(?5 = 0, 0, changes())
    WHERE workspace = ?6 AND name = ?7 AND ${FIELDS.offset.sql} = ?8 AND done_at IS NULL AND undone_at IS NULL`,
  args: [
    batch.offset,
    batch.line,
    batch.refused,
    batch.doneAt,
    batch.valid,
    place.workspace,
    place.name,
    place.from,
  ],
})
