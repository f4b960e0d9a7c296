import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import { DAY_MS } from '../core/clock.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'

/** Most changes in a day, through links of mails, that lift a choice or set the language, for one recipient at one workspace. */
export const CHANGES_A_DAY = 20
/** Length of that day in milliseconds; it begins with the first change. */
const ALLOWANCE_MS = DAY_MS

/** Changes through links of mails since the first change of the day. */
export const preferenceAllowance = sqliteTable(
  'preference_allowance',
  {
    addressId: bytes('address_id').notNull(),
    workspace: integer().notNull(),
    tenant: integer().notNull(),
    since: integer().notNull(),
    changes: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.addressId, table.workspace] })],
)

/** Recipient and workspace that changes are counted for. */
export interface Changer {
  addressId: Uint8Array
  workspace: number
}

/** Asks, alone or within a batch, when a recipient's next change is allowed; null when it is now. */
export const nextChangeAt = ({ addressId, workspace }: Changer, now: number): Query<number | null> => ({
  sql: `SELECT since + ${ALLOWANCE_MS} FROM preference_allowance
    WHERE address_id = ? AND workspace = ? AND changes >= ${CHANGES_A_DAY} AND since > ?`,
  args: [addressId, workspace, now - ALLOWANCE_MS],
  decode: rows => (rows[0]?.[0] ?? null) as number | null,
})

/** Returns the condition that a change is allowed when its statement runs. */
export const mayChange = (changer: Changer, at: number): Pick<Statement, 'sql' | 'args'> => {
  const { sql, args } = nextChangeAt(changer, at)
  return { sql: `NOT EXISTS (${sql})`, args }
}

/** Counts a change if one of its events was appended, so that a change without effect is free. */
export const countChange = (
  { addressId, workspace, tenant }: Changer & { tenant: number },
  at: number,
  events: readonly Uint8Array[],
): Statement => ({
  sql: `INSERT INTO preference_allowance (address_id, workspace, tenant, since, changes) SELECT ?, ?, ?, ?, 1
    WHERE EXISTS (SELECT 1 FROM event WHERE id IN (${events.map(() => '?').join()}))
    ON CONFLICT DO UPDATE SET changes = iif(since > excluded.since - ${ALLOWANCE_MS}, changes + 1, 1),
      since = iif(since > excluded.since - ${ALLOWANCE_MS}, since, excluded.since)`,
  args: [addressId, workspace, tenant, at, ...events],
})

/** Deletes counts of past days. Bookkeeping, not a change: it has no ledger event. */
export const forgetChanges = (now: number): Statement => ({
  sql: 'DELETE FROM preference_allowance WHERE since <= ?',
  args: [now - ALLOWANCE_MS],
})
