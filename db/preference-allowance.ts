import { integer, primaryKey, sqliteTable } from 'drizzle-orm/sqlite-core'
import { DAY_MS } from '../core/clock.ts'
import type { Statement } from '../core/write/statement.ts'
import { bytes } from './engine/builder.ts'
import type { Query } from './engine/query.ts'

/** How often in a day links of mails may take a choice back or change the language, for one recipient at one workspace. */
export const CHANGES_A_DAY = 20
/** The day they are counted in, in milliseconds; it begins with the first of them. */
const ALLOWANCE_MS = DAY_MS

/** What was changed by links of mails since the day of the first change began. */
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

/** Whose changes are counted, and where. */
export interface Changer {
  addressId: Uint8Array
  workspace: number
}

/** Asks, alone or within an act, when a recipient's next change is allowed; null where it is now. */
export const nextChangeAt = ({ addressId, workspace }: Changer, now: number): Query<number | null> => ({
  sql: `SELECT since + ${ALLOWANCE_MS} FROM preference_allowance
    WHERE address_id = ? AND workspace = ? AND changes >= ${CHANGES_A_DAY} AND since > ?`,
  args: [addressId, workspace, now - ALLOWANCE_MS],
  decode: rows => (rows[0]?.[0] ?? null) as number | null,
})

/** Whether a change is allowed when its turn comes, as a condition of whatever makes it. */
export const mayChange = (changer: Changer, at: number): Pick<Statement, 'sql' | 'args'> => {
  const { sql, args } = nextChangeAt(changer, at)
  return { sql: `NOT EXISTS (${sql})`, args }
}

/** Counts a change, if one of the events was appended that say so: what changed nothing costs nothing. */
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

/** Forgets the counts of days that are over. Bookkeeping, not a change: it has no ledger event. */
export const forgetChanges = (now: number): Statement => ({
  sql: 'DELETE FROM preference_allowance WHERE since <= ?',
  args: [now - ALLOWANCE_MS],
})
