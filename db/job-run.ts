import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'

/** When each scheduled job last ended well. */
export const jobRun = sqliteTable('job_run', {
  name: text().primaryKey(),
  endedAt: integer('ended_at').notNull(),
})

/** A run that ended well. */
export type JobRun = typeof jobRun.$inferSelect

/** Always `fresh`. Asks for the last recorded run of each job. */
export const jobRuns: Query<JobRun[]> = {
  sql: 'SELECT name, ended_at FROM job_run',
  args: [],
  decode: rows => (rows as [string, number][]).map(([name, endedAt]) => ({ name, endedAt })),
}

/** Records runs, and forgets jobs that are none of `names` any more. Bookkeeping: it has no ledger event. */
export const keepJobRuns = (runs: readonly JobRun[], names: readonly string[]): Statement[] => [
  {
    sql: `INSERT INTO job_run (name, ended_at) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE TRUE
      ON CONFLICT DO UPDATE SET ended_at = max(ended_at, excluded.ended_at)`,
    args: [JSON.stringify(runs.map(({ name, endedAt }) => [name, endedAt]))],
  },
  {
    sql: 'DELETE FROM job_run WHERE name NOT IN (SELECT value FROM json_each(?))',
    args: [JSON.stringify(names)],
  },
]
