import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'

/** The schedule for replacing and destroying keys: a single row, where one is set. */
export const keySchedule = sqliteTable('key_schedule', {
  one: integer().primaryKey(),
  everyDays: integer('every_days').notNull(),
  begunAt: integer('begun_at').notNull(),
  keptAt: integer('kept_at').notNull(),
})

/** `may-lag` is enough. Asks for the key schedule. */
export const currentSchedule: Query<KeySchedule | undefined> = {
  sql: 'SELECT every_days, begun_at, kept_at FROM key_schedule',
  args: [],
  decode(rows) {
    const [row] = rows as [number, number, number][]
    return row && { everyDays: row[0], begunAt: row[1], keptAt: row[2] }
  },
}

/** Stores the key schedule. Bookkeeping: each key has its own events. */
export const keepSchedule = ({ everyDays, begunAt, keptAt }: KeySchedule): Statement => ({
  sql: `INSERT INTO key_schedule (one, every_days, begun_at, kept_at) VALUES (1, ?, ?, ?)
    ON CONFLICT DO UPDATE SET every_days = excluded.every_days, begun_at = excluded.begun_at, kept_at = excluded.kept_at`,
  args: [everyDays, begunAt, keptAt],
})

/** Schedule for replacing and destroying data keys and wrapping keys. */
export interface KeySchedule {
  /** Days from first use within which keys are destroyed. */
  everyDays: number
  /** First use of the keys that everything has been encrypted under since. */
  begunAt: number
  /** Last time the schedule was found kept. */
  keptAt: number
}
