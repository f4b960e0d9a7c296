import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { builder, bytes, prepared, statement } from './builder.ts'
import type { Query } from './client.ts'
import type { Statement } from './hrana.ts'
import { workspace } from './tenant.ts'
import { topic } from './topic.ts'

/** A sender's credential. Only the hash of its secret is kept. */
export const apiKey = sqliteTable('api_key', {
  id: bytes().primaryKey(),
  workspace: integer()
    .notNull()
    .references(() => workspace.number),
  secretHash: bytes('secret_hash').notNull(),
  permissions: text({ mode: 'json' }).$type<string[]>().notNull(),
  createdAt: integer('created_at').notNull(),
  lastUsedAt: integer('last_used_at'),
  revokedAt: integer('revoked_at'),
})

/** What the database knows of a key, and whose it is. */
export interface ApiKeyRow {
  workspace: number
  tenant: number
  secretHash: Uint8Array
  permissions: string[]
  lastUsedAt: number | null
  revokedAt: number | null
}

/** A key, with the topic a call names where its workspace has one: a call's first question, asked as one. */
export interface ApiKeyAndTopic extends ApiKeyRow {
  topic: number | null
  unsubscribeMailbox: string | null
  /** Whether mail of the topic, or of the workspace where none is named, needs a confirmed consent. */
  consent: 'opt_in' | 'opt_out'
}

/** Always `fresh`, so that a revoked key is refused from the next call on. */
export const apiKeyById = (id: Uint8Array): Query<ApiKeyRow[]> => byId({ id })

/** Always `fresh`. Asks for a key and for a topic of its workspace by name. */
export const apiKeyWithTopic = (id: Uint8Array, topicName: string): Query<ApiKeyAndTopic[]> =>
  withTopic({ id, topicName })

const columns = {
  workspace: apiKey.workspace,
  tenant: workspace.tenant,
  secretHash: apiKey.secretHash,
  permissions: apiKey.permissions,
  lastUsedAt: apiKey.lastUsedAt,
  revokedAt: apiKey.revokedAt,
}

const byId = prepared(
  builder
    .select(columns)
    .from(apiKey)
    .innerJoin(workspace, eq(workspace.number, apiKey.workspace))
    .where(eq(apiKey.id, sql.placeholder('id'))),
)

const withTopic = prepared(
  builder
    .select({
      ...columns,
      topic: topic.number,
      unsubscribeMailbox: workspace.unsubscribeMailbox,
      consent: sql<'opt_in' | 'opt_out'>`coalesce(${topic.consent}, ${workspace.consent})`,
    })
    .from(apiKey)
    .innerJoin(workspace, eq(workspace.number, apiKey.workspace))
    .leftJoin(topic, and(eq(topic.workspace, workspace.number), eq(topic.name, sql.placeholder('topicName'))))
    .where(eq(apiKey.id, sql.placeholder('id'))),
)

/** Notes that a key was used at `at`, unless that was noted after `before`. Bookkeeping, not a change: it has no ledger event. */
export const apiKeyUsed = (id: Uint8Array, at: number, before: number): Statement =>
  statement(
    builder
      .update(apiKey)
      .set({ lastUsedAt: at })
      .where(and(eq(apiKey.id, id), or(isNull(apiKey.lastUsedAt), lt(apiKey.lastUsedAt, before)))),
  )
