import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { LedgerEvent } from '../core/event.ts'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { append } from './event.ts'

/** The newest backup of each kind: everything, or the events since such a one. */
export const backup = sqliteTable('backup', {
  kind: text().$type<'whole' | 'tail'>().primaryKey(),
  /** The moment it is of. */
  asOf: integer('as_of').notNull(),
})

/** A backup that was read back from its file. */
export type BackupRow = typeof backup.$inferSelect

/** Always `fresh`. Asks for the newest backup of each kind. */
export const newestBackups: Query<BackupRow[]> = {
  sql: 'SELECT kind, as_of FROM backup',
  args: [],
  decode: rows => (rows as [BackupRow['kind'], number][]).map(([kind, asOf]) => ({ kind, asOf })),
}

/** Records a backup, with its event if it has one: those of each minute have none. */
export const keepBackup = ({ kind, asOf }: BackupRow, entry: LedgerEvent | undefined): Statement[] => [
  {
    sql: 'INSERT INTO backup (kind, as_of) VALUES (?, ?) ON CONFLICT DO UPDATE SET as_of = max(as_of, excluded.as_of)',
    args: [kind, asOf],
  },
  ...(entry ? [append(entry)] : []),
]
