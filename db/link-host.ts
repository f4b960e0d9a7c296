import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Query } from './engine/query.ts'
import { workspace } from './tenant.ts'

/** Every host a workspace ever had its links on. A host never moves: it stands in mails. */
export const linkHost = sqliteTable('link_host', {
  host: text().primaryKey(),
  workspace: integer()
    .notNull()
    .references(() => workspace.number),
  createdAt: integer('created_at').notNull(),
})

/** `may-lag` is enough. Asks whose links stand on a host; a replica that has not heard of it says nobody's. */
export const workspaceOfHost = (host: string): Query<number | undefined> => ({
  sql: 'SELECT workspace FROM link_host WHERE host = ?',
  args: [host],
  decode: rows => rows[0]?.[0] as number | undefined,
})
