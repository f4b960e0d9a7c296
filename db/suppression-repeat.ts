import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import type { LedgerEvent } from '../worker/core/event.ts'
import { bytes } from './builder.ts'
import type { Query } from './client.ts'
import { appendIfChanged } from './event.ts'
import type { Statement } from './hrana.ts'

/** How often at most the ledger is told that the same was chosen again, in milliseconds: once an hour for an address and scope. */
export const REPEAT_MS = 60 * 60 * 1000

/** What was chosen again, by address id and scope, since the ledger was last told. */
export const suppressionRepeat = sqliteTable(
  'suppression_repeat',
  {
    addressId: bytes('address_id').notNull(),
    scope: integer().notNull(),
    /** Of the last of them. */
    reason: integer().notNull(),
    tenant: integer().notNull(),
    workspace: integer().notNull(),
    toldAt: integer('told_at').notNull(),
    untold: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.addressId, table.scope] })],
)

/** What was chosen again in one scope. */
export type Repeat = typeof suppressionRepeat.$inferSelect

/** Counts a choice that was made again, unless the act's event `added` says that it was new, or `repeated` tells of it already. */
export const countRepeat = (
  { addressId, scope, reason, at }: { addressId: Uint8Array; scope: number; reason: number; at: number },
  added: LedgerEvent,
  repeated: LedgerEvent,
): Statement => ({
  sql: `INSERT INTO suppression_repeat (address_id, scope, reason, tenant, workspace, told_at, untold) SELECT ?1, ?2, ?3, ?4, ?5, ?6, 0
    WHERE NOT EXISTS (SELECT 1 FROM event WHERE id = ?7)
    ON CONFLICT DO UPDATE SET reason = excluded.reason, workspace = excluded.workspace,
      (told_at, untold) = (SELECT iif(told, excluded.told_at, told_at), iif(told, 0, untold + 1)
        FROM (SELECT EXISTS (SELECT 1 FROM event WHERE id = ?8) AS told))`,
  args: [addressId, scope, reason, added.tenant, added.workspace, at, added.id, repeated.id],
})

/** Asks what the ledger has not been told of since `before`, the oldest first. */
export const repeatsToldBefore = (before: number, limit: number): Query<Repeat[]> => ({
  sql: `SELECT address_id, scope, reason, tenant, workspace, told_at, untold FROM suppression_repeat
    WHERE told_at <= ? ORDER BY told_at LIMIT ?`,
  args: [before, limit],
  decode: rows =>
    rows.map(row => {
      const [addressId, scope, reason, tenant, workspace, toldAt, untold] = row as [
        Uint8Array,
        ...[number, number, number, number, number, number],
      ]
      return { addressId, scope, reason, tenant, workspace, toldAt, untold }
    }),
})

const THE_SAME = 'WHERE address_id = ? AND scope = ? AND told_at = ? AND untold = ?'
const named = ({ addressId, scope, toldAt, untold }: Repeat) => [addressId, scope, toldAt, untold]

/** Tells the ledger how many there were; where another came in between, nothing: they are told of together. */
export const tellRepeat = (repeat: Repeat, entry: LedgerEvent): Statement[] => [
  {
    sql: `UPDATE suppression_repeat SET told_at = ?, untold = 0 ${THE_SAME}`,
    args: [entry.at, ...named(repeat)],
  },
  appendIfChanged(entry),
]

/** Forgets a scope in which nothing was chosen again for an hour. */
export const forgetRepeat = (repeat: Repeat): Statement => ({
  sql: `DELETE FROM suppression_repeat ${THE_SAME}`,
  args: named(repeat),
})
