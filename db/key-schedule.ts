import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'

/** How keys are replaced and destroyed: a single row, where anybody does. */
export const keySchedule = sqliteTable('key_schedule', {
  one: integer().primaryKey(),
  everyDays: integer('every_days').notNull(),
  begunAt: integer('begun_at').notNull(),
  keptAt: integer('kept_at').notNull(),
})

/** `may-lag` is enough. Asks how keys are replaced and destroyed. */
export const currentSchedule: Query<KeySchedule | undefined> = {
  sql: 'SELECT every_days, begun_at, kept_at FROM key_schedule',
  args: [],
  decode(rows) {
    const [row] = rows as [number, number, number][]
    return row && { everyDays: row[0], begunAt: row[1], keptAt: row[2] }
  },
}

/** Writes down how keys are replaced and destroyed. Bookkeeping: each key has its own events. */
export const keepSchedule = ({ everyDays, begunAt, keptAt }: KeySchedule): Statement => ({
  sql: `INSERT INTO key_schedule (one, every_days, begun_at, kept_at) VALUES (1, ?, ?, ?)
    ON CONFLICT DO UPDATE SET every_days = excluded.every_days, begun_at = excluded.begun_at, kept_at = excluded.kept_at`,
  args: [everyDays, begunAt, keptAt],
})

/** How data keys, and what wraps them, are replaced and destroyed. */
export interface KeySchedule {
  /** Within how many days of their first use they are destroyed. */
  everyDays: number
  /** When those came into use that everything is encrypted under since. */
  begunAt: number
  /** When it was last seen to be kept. */
  keptAt: number
}
