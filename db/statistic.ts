import { integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'
import { DAY_MS } from '../core/clock.ts'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'
import { fieldsOf, selection } from './engine/selection.ts'
import { topic } from './topic.ts'

/** Events of workspaces by UTC day, type, topic, reason and channel; 0 and '' where an event names none. */
export const statistic = sqliteTable(
  'statistic',
  {
    id: integer().primaryKey(),
    workspace: integer().notNull(),
    /** Days since 1970. */
    day: integer().notNull(),
    type: text().notNull(),
    topic: integer().notNull(),
    reason: text().notNull(),
    via: text().notNull(),
    count: integer().notNull(),
  },
  table => [unique().on(table.workspace, table.day, table.type, table.topic, table.reason, table.via)],
)

/** The last event that was counted: a single row. */
export const statisticWatch = sqliteTable('statistic_watch', {
  one: integer().primaryKey(),
  seq: integer().notNull(),
})

/** Sums of the events after the last counted one. */
export interface Tally {
  /** The last event counted before, and the last of these. */
  after: number
  last: number
  events: number
  /** Rows for `statistic` as JSON, in the order of its unique columns. */
  sums: string
}

/** SQL for the last event that was counted. */
const COUNTED = '(SELECT seq FROM statistic_watch)'

/**
 * Always `fresh`. Asks for the sums of the next `limit` events. An event that stands for several counts as that many, one that
 * names several topics in each of them, and one of no workspace not at all.
 */
export const tallyNext = (limit: number): Query<Tally> => ({
  long: true,
  sql: `WITH page AS MATERIALIZED (SELECT seq, workspace, at / ${DAY_MS} AS day, type, subject, data FROM event
      WHERE seq > ${COUNTED} ORDER BY seq LIMIT ?),
    sums AS (SELECT p.workspace, p.day, p.type, coalesce(CAST(p.data->>'topic' AS INTEGER), t.number, 0) AS topic,
        coalesce(iif(p.type = 'personal_data.read', p.subject, NULL), p.data->>'reason', p.data->>'kind', p.data->>'right', '') AS reason,
        coalesce(p.data->>'via', '') AS via, sum(coalesce(CAST(p.data->>'count' AS INTEGER), 1)) AS count
      FROM page AS p LEFT JOIN json_each('[' || replace(json_quote(p.data->>'topics'), ' ', '","') || ']') AS n
      LEFT JOIN topic AS t ON t.workspace = p.workspace AND t.name = n.value
      WHERE p.workspace IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6)
    SELECT ${COUNTED}, (SELECT max(seq) FROM page), (SELECT count(*) FROM page),
      (SELECT json_group_array(json_array(workspace, day, type, topic, reason, via, count)) FROM sums)`,
  args: [limit],
  decode: ([row]) => {
    const [after, last, events, sums] = row as [number, number | null, number, string]
    return { after, last: last ?? after, events, sums }
  },
})

/**
 * Adds sums, if nobody counted their events meanwhile: of two runs at once, or of two attempts, one counts. Bookkeeping, not a change:
 * it has no ledger event.
 */
export const addTally = ({ after, last, sums }: Tally): Statement[] => [
  {
    sql: `INSERT INTO statistic (workspace, day, type, topic, reason, via, count)
      SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each(?)
      WHERE ${COUNTED} = ? ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    args: [sums, after],
  },
  { sql: 'UPDATE statistic_watch SET seq = ? WHERE seq = ?', args: [last, after] },
]

/** Events of a day that are alike. */
export interface StatisticRow {
  id: number
  day: number
  type: string
  topic: number
  /** Name of the topic; null where the events name none. */
  topicName: string | null
  reason: string
  via: string
  count: number
}

/** Part of a workspace's statistics to ask for. */
export interface StatisticPart {
  workspace: number
  /** Its first and last day, since 1970. */
  from: number
  to: number
  /** `id` of the row after which it begins; from the first day on where left out. */
  after?: number | undefined
  /** Most rows it holds. */
  limit: number
}

const { workspace: _, ...kept } = fieldsOf(statistic, 's')
const ROW = selection<StatisticRow>({ ...kept, topicName: fieldsOf(topic, 't').name })
const orderOf = (table: string) =>
  ['day', 'type', 'topic', 'reason', 'via'].map(column => `${table}.${column}`).join(', ')

/** Always `fresh`. Asks for a part of a workspace's statistics, in order of day, type, topic, reason and channel. */
export const statisticsOf = ({ workspace, from, to, after, limit }: StatisticPart): Query<StatisticRow[]> => {
  const last = (columns: string) => `(SELECT ${columns} FROM statistic AS a WHERE a.id = ?5)`
  // The day alone leads to the place, since the engine takes no further bound of the index from the row.
  const begins =
    after === undefined
      ? 's.day >= ?2'
      : `s.day >= max(?2, ${last('a.day')}) AND (${orderOf('s')}) > ${last(orderOf('a'))}`
  return {
    sql: `SELECT ${ROW.list} FROM statistic AS s LEFT JOIN topic AS t ON t.number = s.topic
      WHERE s.workspace = ?1 AND s.day <= ?3 AND ${begins} ORDER BY ${orderOf('s')} LIMIT ?4`,
    args: [workspace, from, to, limit, ...(after === undefined ? [] : [after])],
    decode: ROW.rows,
  }
}

/** Always `fresh`. Asks when the first event of a workspace happened that is not counted yet; null where all are. */
export const firstUncounted = (workspace: number): Query<number | null> => ({
  sql: `SELECT at FROM event WHERE workspace = ? AND seq > ${COUNTED} ORDER BY seq LIMIT 1`,
  args: [workspace],
  decode: rows => (rows[0]?.[0] ?? null) as number | null,
})
