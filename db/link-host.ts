import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Query } from './engine/query.ts'
import { workspace } from './tenant.ts'

/** Every host that a workspace's links ever used. A host never changes its workspace, since mailed links name it. */
export const linkHost = sqliteTable('link_host', {
  host: text().primaryKey(),
  workspace: integer()
    .notNull()
    .references(() => workspace.number),
  createdAt: integer('created_at').notNull(),
})

/** `may-lag` is enough. Asks which workspace's links use a host; a replica that lacks the row answers none. */
export const workspaceOfHost = (host: string): Query<number | undefined> => ({
  sql: 'SELECT workspace FROM link_host WHERE host = ?',
  args: [host],
  decode: rows => rows[0]?.[0] as number | undefined,
})
