import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'
import { DELIVERY_STATES, ENDPOINT_STATES } from '../core/codes/webhook.ts'
import { DOWN_AFTER } from '../core/limits.ts'
import type { Statement } from '../core/write/statement.ts'
import type { Query } from './engine/query.ts'

/** The last event whose workspace's endpoints were looked after: a single row. */
export const webhookWatch = sqliteTable('webhook_watch', {
  one: integer().primaryKey(),
  seq: integer().notNull(),
})

/** Endpoints that one watch examines for whether they are idle; the rest comes with the next. */
const SETTLED_AT_A_TIME = 1000

/** What happened since the last watch. */
export interface Stir {
  /** The last event examined. */
  seq: number
  /** Workspaces that have events since; null where there were too many to examine. */
  workspaces: number[] | null
  /** Whether there is none, and no endpoint that is not idle: nothing is due. */
  isQuiet: boolean
}

/** Always `fresh`. Asks which workspaces have events since the last watch; more than `reach` of them stand for all workspaces. */
export const stirSince = (reach: number): Query<Stir> => ({
  sql: `SELECT (SELECT max(seq) FROM event), count(*), json_group_array(DISTINCT workspace),
      EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = ${ENDPOINT_STATES.enabled} AND idle_cursor IS NOT cursor)
    FROM (SELECT workspace FROM event WHERE seq > (SELECT seq FROM webhook_watch) ORDER BY seq LIMIT ?)`,
  args: [reach],
  decode: ([row]) => {
    const [last, count, list, busy] = row as [number | null, number, string, number]
    return {
      seq: last ?? 0,
      workspaces: count < reach ? (JSON.parse(list) as number[]) : null,
      isQuiet: count === 0 && busy === 0,
    }
  },
})

/**
 * Wakes the endpoints of workspaces with events since, and lets those rest that have nothing to deliver. Bookkeeping, not a change: it
 * has no ledger event.
 *
 * Whether there is nothing is asked where it is written, and only what was examined counts as watched: an event that comes in between
 * wakes its endpoints the next time.
 */
export const watch = ({ seq, workspaces }: Omit<Stir, 'isQuiet'>, now: number): Statement[] => [
  {
    sql: `UPDATE webhook_endpoint SET idle_cursor = NULL WHERE idle_cursor IS NOT NULL
      ${workspaces ? 'AND workspace IN (SELECT value FROM json_each(?))' : ''}`,
    args: workspaces ? [JSON.stringify(workspaces)] : [],
  },
  {
    sql: `UPDATE webhook_endpoint SET idle_cursor = cursor WHERE id IN (SELECT w.id FROM webhook_endpoint AS w
      WHERE w.state = ${ENDPOINT_STATES.enabled} AND w.idle_cursor IS NOT w.cursor AND w.due_at <= ?
        AND NOT EXISTS (SELECT 1 FROM event AS e WHERE e.workspace = w.workspace AND e.seq > w.cursor)
        AND NOT EXISTS (SELECT 1 FROM webhook_delivery AS d INDEXED BY webhook_delivery_waiting
          WHERE d.endpoint = w.id AND d.state = ${DELIVERY_STATES.waiting})
      ORDER BY w.due_at LIMIT ${SETTLED_AT_A_TIME})`,
    args: [now],
  },
  { sql: 'UPDATE webhook_watch SET seq = max(seq, ?)', args: [seq] },
]

/** Endpoints whose oldest delivery is looked for; the longest due come first. */
const OLDEST_OF = 200

/** What waits to be delivered, at the endpoints of all workspaces. */
export interface WebhookBacklog {
  /** Endpoints with something to deliver now, those of receivers that are down left out. */
  due: number
  /** Since when the oldest of that has been due; null where nothing is. */
  oldestAt: number | null
  /** Enabled endpoints whose receiver is down. */
  down: number
  /** Events that wait for another attempt, whenever it is due. */
  waiting: number
}

/**
 * Always `fresh`. Asks what waits to be delivered, as far as the last watch knew; each count ends at `most`, and `due` at 200.
 *
 * An endpoint that rested has an old `due_at`, so what it has to deliver is due since it happened. A receiver that is down holds its
 * deliveries back by itself, and says nothing about Floe.
 */
export const webhookBacklog = (now: number, most: number): Query<WebhookBacklog> => ({
  sql: `SELECT count(*), min(since),
      (SELECT count(*) FROM (SELECT 1 FROM webhook_endpoint INDEXED BY webhook_endpoint_busy
        WHERE state = ${ENDPOINT_STATES.enabled} AND idle_cursor IS NOT cursor AND failures >= ${DOWN_AFTER} LIMIT ?2)),
      (SELECT count(*) FROM (SELECT 1 FROM webhook_delivery INDEXED BY webhook_delivery_waiting
        WHERE state = ${DELIVERY_STATES.waiting} LIMIT ?2))
    FROM (SELECT max(w.due_at, min(
        ifnull((SELECT min(d.due_at) FROM webhook_delivery AS d INDEXED BY webhook_delivery_waiting
          WHERE d.endpoint = w.id AND d.state = ${DELIVERY_STATES.waiting}), ${Number.MAX_SAFE_INTEGER}),
        ifnull((SELECT e.at FROM event AS e WHERE e.workspace = w.workspace AND e.seq > w.cursor ORDER BY e.seq LIMIT 1),
          ${Number.MAX_SAFE_INTEGER}))) AS since
      FROM webhook_endpoint AS w INDEXED BY webhook_endpoint_busy
      WHERE w.state = ${ENDPOINT_STATES.enabled} AND w.idle_cursor IS NOT w.cursor AND w.due_at <= ?1 AND w.failures < ${DOWN_AFTER}
      ORDER BY w.due_at LIMIT ${OLDEST_OF})
    WHERE since <= ?1`,
  args: [now, most],
  decode([row]) {
    const [due, oldestAt, down, waiting] = row as [number, number | null, number, number]
    return { due, oldestAt, down, waiting }
  },
})
