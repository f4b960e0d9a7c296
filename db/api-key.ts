import { and, desc, eq, getTableColumns, isNull, lt, or, sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { LedgerEvent } from '../worker/core/event.ts'
import { builder, bytes, prepared, statement } from './builder.ts'
import type { Query } from './client.ts'
import { append, appendIfChanged } from './event.ts'
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
  /** What its owner calls it. */
  name: text(),
  expiresAt: integer('expires_at'),
  /** Addresses and CIDR ranges it may be used from; null for anywhere. */
  allowedIps: text('allowed_ips', { mode: 'json' }).$type<string[]>(),
})

/** What the database knows of a key, and whose it is. */
export interface ApiKeyRow {
  workspace: number
  tenant: number
  secretHash: Uint8Array
  permissions: string[]
  lastUsedAt: number | null
  revokedAt: number | null
  expiresAt: number | null
  allowedIps: string[] | null
}

/** A key, with the topic a call names where its workspace has one: a call's first question, asked as one. */
export interface ApiKeyAndTopic extends ApiKeyRow {
  topic: number | null
  unsubscribeMailbox: string | null
  /** The host its links are made on; null for the platform's own. */
  linkHost: string | null
  feedbackMailbox: string | null
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
  expiresAt: apiKey.expiresAt,
  allowedIps: apiKey.allowedIps,
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
      linkHost: workspace.linkHost,
      feedbackMailbox: workspace.feedbackMailbox,
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

/** A key as its workspace sees it: without anything that would let one use it. */
export type OwnKeyRow = Omit<typeof apiKey.$inferSelect, 'secretHash' | 'workspace'>

const { secretHash: _, workspace: __, ...own } = getTableColumns(apiKey)

/** Keys that are listed, at the most: a workspace has a handful. */
const LISTED = 1000

/** Always `fresh`. Asks for a workspace's keys, the newest first. */
export const apiKeysOf = (workspaceNumber: number): Query<OwnKeyRow[]> =>
  ofWorkspace({ workspace: workspaceNumber })

const ofWorkspace = prepared(
  builder
    .select(own)
    .from(apiKey)
    .where(eq(apiKey.workspace, sql.placeholder('workspace')))
    .orderBy(desc(apiKey.createdAt), desc(apiKey.id))
    .limit(LISTED),
)

/** Keeps a new key, with its event. */
export const keepApiKey = (row: typeof apiKey.$inferInsert, entry: LedgerEvent): Statement[] => [
  statement(builder.insert(apiKey).values(row)),
  append(entry),
]

/** Revokes a workspace's key, with its event; nothing when it is another's or revoked already. */
export const revokeApiKey = (id: Uint8Array, workspaceNumber: number, entry: LedgerEvent): Statement[] => [
  statement(
    builder
      .update(apiKey)
      .set({ revokedAt: entry.at })
      .where(and(eq(apiKey.id, id), eq(apiKey.workspace, workspaceNumber), isNull(apiKey.revokedAt))),
  ),
  appendIfChanged(entry),
]

/** Lets a key that still counts end at `at`, unless it ends earlier, with its event. */
export const endApiKey = (
  id: Uint8Array,
  workspaceNumber: number,
  at: number,
  entry: LedgerEvent,
): Statement[] => [
  statement(
    builder
      .update(apiKey)
      .set({ expiresAt: sql`min(coalesce(${apiKey.expiresAt}, ${at}), ${at})` })
      .where(and(eq(apiKey.id, id), eq(apiKey.workspace, workspaceNumber), isNull(apiKey.revokedAt))),
  ),
  appendIfChanged(entry),
]
