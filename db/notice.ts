import { and, asc, eq, sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { builder, bytes, prepared } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { workspace } from './tenant.ts'

/** Notices that workspaces show with a request for consent, by version. A version never changes. */
export const notice = sqliteTable(
  'notice',
  {
    workspace: integer()
      .notNull()
      .references(() => workspace.number),
    name: text().notNull(),
    version: text().notNull(),
    url: text().notNull(),
    digest: bytes().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  table => [primaryKey({ columns: [table.workspace, table.name, table.version] })],
)

/** One version of a notice. */
export type NoticeRow = typeof notice.$inferSelect

/** `may-lag` is enough, since a version never changes. Asks for one version of a workspace's notice. */
export const noticeOf = (workspace: number, name: string, version: string): Query<NoticeRow[]> =>
  byVersion({ workspace, name, version })

const byVersion = prepared(
  builder
    .select()
    .from(notice)
    .where(
      and(
        eq(notice.workspace, sql.placeholder('workspace')),
        eq(notice.name, sql.placeholder('name')),
        eq(notice.version, sql.placeholder('version')),
      ),
    ),
)

/** `may-lag` is enough if a miss refuses nothing. Asks for every version of a workspace's notices. */
export const noticesOf = (workspaceNumber: number): Query<NoticeRow[]> =>
  ofWorkspace({ workspace: workspaceNumber })

const ofWorkspace = prepared(
  builder
    .select()
    .from(notice)
    .where(eq(notice.workspace, sql.placeholder('workspace')))
    .orderBy(asc(notice.createdAt)),
)
