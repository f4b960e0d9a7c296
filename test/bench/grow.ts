import { setTimeout as sleep } from 'node:timers/promises'
import { REQUEST_STATES, SUBSCRIPTION_STATES } from '../../core/codes/subscription.ts'
import { DatabaseBusy, transact, wired } from '../../db/engine/hrana.ts'
import { signUp } from '../support/sign-up.ts'
import type { Floe } from './floe.ts'
import { ask } from './load.ts'

/** Rows of a transaction: few enough for the 5 s that the server gives one, with indexes of millions of rows at random places. */
const CHUNK = 10_000
const DEADLINE_MS = 60_000

/** Runs a statement that adds rows for `n.i` from `?1` up to `?2`, in steps. */
export async function addRows(floe: Floe, count: number, sql: string): Promise<void> {
  for (let from = 0; from < count; from += CHUNK)
    await patiently(() =>
      transact(
        { url: floe.database.primaryUrl },
        [wired({ sql, args: [from, Math.min(from + CHUNK, count)] })],
        DEADLINE_MS,
      ),
    )
}

/** Repeats a write while the server's own checkpoint locks the database. */
async function patiently(write: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await write()
      return
    } catch (error) {
      if (!(error instanceof DatabaseBusy) || tries === 60) throw error
      await sleep(500)
    }
}

/** The numbers from `?1` up to `?2`, as `n.i`. */
const NUMBERS = `(SELECT a.i + b.i * 10000 AS i FROM number AS b CROSS JOIN number AS a
  WHERE b.i BETWEEN ?1 / 10000 AND ?2 / 10000 AND a.i + b.i * 10000 >= ?1 AND a.i + b.i * 10000 < ?2) AS n`

/** Returns the statement that adds copies of a table's first row, with other values in some columns. */
async function copies(floe: Floe, table: string, others: Record<string, string>): Promise<string> {
  const columns = (await floe.sql(`SELECT name FROM pragma_table_info('${table}')`)).flat() as string[]
  const values = columns.map(column => others[column] ?? `one.${column}`)
  return `INSERT INTO ${table} (${columns}) SELECT ${values}
    FROM (SELECT * FROM ${table} LIMIT 1) AS one CROSS JOIN ${NUMBERS}`
}

/** Adds events of the tenant's. */
export const addEvents = (floe: Floe, count: number): Promise<void> =>
  addRows(
    floe,
    count,
    `INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, leaf)
      SELECT randomblob(16), 0, ${floe.tenant}, ${floe.workspace}, 'suppression.added', 'recipient', randomblob(12),
        'sup_' || hex(randomblob(12)), '{"reason":"unsubscribed","scope":"topic","via":"one-click"}', randomblob(32)
      FROM ${NUMBERS}`,
  )

/** Adds confirmed sign-ups of last year to the workspace, each with its subscription. */
export async function addSignUps(floe: Floe, count: number): Promise<void> {
  await ask(floe.worker.url, floe.call('/v1/subscriptions', signUp('one@example.com')), 202)
  const closed = `${Date.now() - 365 * 24 * 60 * 60 * 1000}`
  const request = await copies(floe, 'subscription_request', {
    ref: 'randomblob(length(one.ref))',
    address_id: 'randomblob(12)',
    state: `${REQUEST_STATES.confirmed}`,
    requested_at: closed,
    closed_at: closed,
    mail_due_at: 'NULL',
  })
  await addRows(floe, count, request)
  await addRows(
    floe,
    count,
    await copies(floe, 'subscription', {
      address_id: 'randomblob(12)',
      state: `${SUBSCRIPTION_STATES.confirmed}`,
      until: 'NULL',
    }),
  )
}

/** Adds workspaces to the tenant, each with a topic, and a webhook endpoint that has nothing to deliver. */
export async function addWorkspaces(floe: Floe, count: number): Promise<void> {
  await ask(floe.worker.url, floe.call('/v1/webhook-endpoints', { url: 'https://hooks.example/floe' }), 201)
  // Numbers of one cluster go up to 2^24.
  const number = '1000000 + n.i'
  await addRows(
    floe,
    count,
    await copies(floe, 'workspace', { number, name: `'w' || n.i`, link_host: 'NULL' }),
  )
  await addRows(floe, count, await copies(floe, 'topic', { number, workspace: number }))
  await addRows(
    floe,
    count,
    await copies(floe, 'webhook_endpoint', { id: 'randomblob(length(one.id))', workspace: number }),
  )
}
