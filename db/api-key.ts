import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DAY_MS } from '../core/clock.ts'
import type { LedgerEvent } from '../core/event.ts'
import { KEYS_A_DAY, KEYS_MAX } from '../core/limits.ts'
import type { Statement, Value } from '../core/write/statement.ts'
import { builder, bytes, prepared } from './engine/builder.ts'
import type { Query } from './engine/query.ts'
import { append, appendIfChanged } from './event.ts'
import { counting, countOf, madeSince } from './key-line.ts'
import { workspace } from './tenant.ts'

/** API keys of senders. Only the hash of the secret is stored. */
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
  /** Name that its owner gave it. */
  name: text(),
  expiresAt: integer('expires_at'),
  /** Addresses and CIDR ranges it may be used from; null for anywhere. */
  allowedIps: text('allowed_ips', { mode: 'json' }).$type<string[]>(),
  /** The key that made it; null where an operator did, or where it predates this column. */
  madeBy: bytes('made_by'),
  /** The key that replaced itself with this one. */
  renewalOf: bytes('renewal_of'),
})

/** A stored key with its tenant. */
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

/** Always `fresh`, so that a revoked key is refused from the next call on. Asks for a key. */
export const apiKeyById = (id: Uint8Array): Query<ApiKeyRow[]> => byId({ id })

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

/**
 * Records that a key was used at `at`, unless a use after `before` is recorded. Bookkeeping, not a change: it has no ledger
 * event.
 */
export const apiKeyUsed = (id: Uint8Array, at: number, before: number): Statement => ({
  sql: 'UPDATE api_key SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)',
  args: [at, id, before],
})

/** A key as its workspace sees it, without the hash of its secret. */
export type OwnKeyRow = Omit<typeof apiKey.$inferSelect, 'secretHash' | 'workspace'>

const { secretHash: _, workspace: __, ...own } = getTableColumns(apiKey)
// Rows restored from a backup have new row ids; they only order keys made within one millisecond.
const seq = sql`${apiKey}.rowid`

/**
 * Always `fresh`. Asks for a workspace's keys, newest first, ended ones included; after the key `after` of that list, or from its
 * beginning.
 */
export const apiKeysAfter = (
  workspaceNumber: number,
  after: Uint8Array | null,
  limit: number,
): Query<OwnKeyRow[]> => ofWorkspace({ workspace: workspaceNumber, after, limit })

const ofWorkspace = prepared(
  builder
    .select(own)
    .from(apiKey)
    .where(
      and(
        eq(apiKey.workspace, sql.placeholder('workspace')),
        sql`(${apiKey.createdAt}, ${seq}) < (SELECT k.created_at, k.rowid FROM api_key AS k WHERE k.id = ${sql.placeholder('after')}
          UNION ALL SELECT ${Number.MAX_SAFE_INTEGER}, 0 WHERE ${sql.placeholder('after')} IS NULL)`,
      ),
    )
    .orderBy(desc(apiKey.createdAt), desc(seq))
    .limit(sql.placeholder('limit')),
)

/** Always `fresh`. Asks for one key of a workspace. */
export const ownApiKey = (workspaceNumber: number, id: Uint8Array): Query<OwnKeyRow[]> =>
  ownById({ workspace: workspaceNumber, id })

const ownById = prepared(
  builder
    .select(own)
    .from(apiKey)
    .where(and(eq(apiKey.id, sql.placeholder('id')), eq(apiKey.workspace, sql.placeholder('workspace')))),
)

/** Always `fresh`. Asks how many keys of a workspace are valid at a time, and how many were made in the day before. */
export const keyCountsOf = (
  workspaceNumber: number,
  at: number,
): Query<{ counting: number; today: number }> => ({
  sql: `SELECT ${countOf('?1', '?2')}, ${madeSince('?1', '?3')}`,
  args: [workspaceNumber, at, at - DAY_MS],
  decode: ([row]) => ({ counting: row![0] as number, today: row![1] as number }),
})

/**
 * Always `fresh`. Asks how many keys of all workspaces end within a span of time, were used after `usedAfter`, and were not replaced
 * by themselves; counts at most `most`.
 */
export const keysEnding = (from: number, to: number, usedAfter: number, most: number): Query<number> => ({
  sql: `SELECT count(*) FROM (SELECT 1 FROM api_key AS k INDEXED BY api_key_by_end
    WHERE k.revoked_at IS NULL AND k.expires_at > ? AND k.expires_at <= ? AND k.last_used_at > ?
      AND NOT EXISTS (SELECT 1 FROM api_key AS renewal WHERE renewal.renewal_of = k.id) LIMIT ?)`,
  args: [from, to, usedAfter, most],
  decode: ([row]) => row![0] as number,
})

/** A new key. */
export type MadeKey = Omit<typeof apiKey.$inferInsert, 'madeBy' | 'renewalOf' | 'lastUsedAt' | 'revokedAt'>

const MADE = 'id, workspace, secret_hash, permissions, created_at, name, expires_at, allowed_ips'

const valuesOf = (row: MadeKey): Value[] => [
  row.id,
  row.workspace,
  row.secretHash,
  JSON.stringify(row.permissions),
  row.createdAt,
  row.name ?? null,
  row.expiresAt ?? null,
  row.allowedIps ? JSON.stringify(row.allowedIps) : null,
]

/** Inserts a new key that an operator made, with its event. */
export const keepApiKey = (row: MadeKey, entry: LedgerEvent): Statement[] => [
  { sql: `INSERT INTO api_key (${MADE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, args: valuesOf(row) },
  append(entry),
]

/**
 * Inserts a key that the key `maker` makes, with its event; nothing where the maker is no longer valid or now ends earlier, or
 * where the workspace has reached its number of keys.
 */
export const makeApiKey = (row: MadeKey, maker: Uint8Array, entry: LedgerEvent): Statement[] => [
  {
    sql: `INSERT INTO api_key (${MADE}, made_by)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, maker.id FROM api_key AS maker WHERE maker.id = ?9 AND maker.workspace = ?2
        AND ${counting('maker', '?5')} AND (maker.expires_at IS NULL OR ?7 <= maker.expires_at)
        AND ${countOf('?2', '?5')} < ${KEYS_MAX} AND ${madeSince('?2', '?10')} < ${KEYS_A_DAY}`,
    args: [...valuesOf(row), maker, row.createdAt - DAY_MS],
  },
  appendIfChanged(entry),
]

/** Replacement of a key: the new key, the key that asks for it, and the end of the old one. */
export interface Replacement {
  old: Pick<OwnKeyRow, 'id' | 'expiresAt'>
  workspace: number
  by: Uint8Array
  next: Pick<MadeKey, 'id' | 'secretHash'>
  at: number
  oldEndsAt: number
}

/**
 * Replaces a key with a new one of the same limits and gives the old one an end, each with its event. A key that replaces itself
 * hands its maker on to its renewal. Nothing where either key is no longer valid, the old one's end has changed since, or the
 * workspace has reached its number of keys.
 */
export const replaceApiKey = (
  { old, workspace: workspaceNumber, by, next, at, oldEndsAt }: Replacement,
  created: LedgerEvent,
  rotated: LedgerEvent,
): Statement[] => [
  {
    sql: `INSERT INTO api_key (id, workspace, secret_hash, permissions, created_at, name, expires_at, allowed_ips, made_by, renewal_of)
      SELECT ?1, old.workspace, ?2, old.permissions, ?3, old.name, old.expires_at, old.allowed_ips,
        iif(old.id = maker.id, old.made_by, maker.id), iif(old.id = maker.id, old.id, NULL)
      FROM api_key AS old JOIN api_key AS maker ON maker.id = ?4
      WHERE old.id = ?5 AND old.workspace = ?6 AND old.expires_at IS ?7 AND ${counting('old', '?3')} AND ${counting('maker', '?3')}
        AND (maker.expires_at IS NULL OR old.expires_at <= maker.expires_at)
        AND ${countOf('?6', '?3')} - iif(?8 <= ?3, 1, 0) < ${KEYS_MAX} AND ${madeSince('?6', '?9')} < ${KEYS_A_DAY}`,
    args: [next.id, next.secretHash, at, by, old.id, workspaceNumber, old.expiresAt, oldEndsAt, at - DAY_MS],
  },
  appendIfChanged(created),
  {
    sql: 'UPDATE api_key SET expires_at = ? WHERE id = ? AND workspace = ? AND EXISTS (SELECT 1 FROM event WHERE id = ?)',
    args: [oldEndsAt, old.id, workspaceNumber, created.id],
  },
  appendIfChanged(rotated),
]
