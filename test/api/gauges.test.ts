import { expect } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS, systemClock } from '../../core/clock.ts'
import { uuid7 } from '../../core/id.ts'
import type { Value } from '../../core/write/statement.ts'
import { append } from '../../db/event.ts'
import { keepSchedule } from '../../db/key-schedule.ts'
import { backup, noteBackup } from '../../ops/backup.ts'
import { readBackup } from '../../ops/backup-file.ts'
import { commitAsOperator } from '../../ops/operator.ts'
import { endpointId } from '../../worker/webhook/endpoint.ts'
import { eventOf } from '../support/database.ts'
import { created } from '../support/receiver.ts'
import { scrape } from '../support/scrape.ts'
import { type OwnWorld, test } from '../support/world.ts'

/** Expects a time in seconds, give or take what a test may take. */
const expectAbout = (seconds: number | undefined, ms: number) =>
  expect(Math.abs(seconds! - ms / 1000), `${seconds} s`).toBeLessThan(120)

const gauges = async (world: OwnWorld) => {
  const value = await scrape(world)
  return (name: string, label = '') => value(`floe_${name}{cluster="0"${label && `,${label}`}}`)
}

/** Creates a webhook endpoint, sets some of its columns, and returns its id. */
async function endpoint(world: OwnWorld, set: string, args: Value[] = []): Promise<Uint8Array> {
  const url = 'https://hooks.example.com/'
  const id = endpointId((await created(await world.call('/v1/webhook-endpoints', { url }))).id)
  await world.raw(`UPDATE webhook_endpoint SET ${set} WHERE id = ?`, [...args, id])
  return id
}

const deliver = (world: OwnWorld, key: Value, dueAt: number) =>
  world.raw(
    'INSERT INTO webhook_delivery (endpoint, seq, state, attempts, due_at) VALUES (?, (SELECT min(seq) FROM event), 1, 1, ?)',
    [key, dueAt],
  )

const LAST = 'cursor = (SELECT max(seq) FROM event)'

test('webhooks: endpoints by state, and what is due at those whose receiver is up', async ({
  ownWorld: world,
}) => {
  const now = systemClock()
  const none = await gauges(world)
  for (const state of ['enabled', 'disabled', 'failing', 'gone'])
    expect(none('webhook_endpoints', `state="${state}"`), state).toBe(0)
  for (const name of ['endpoints_down', 'endpoints_due', 'oldest_seconds', 'deliveries_waiting'])
    expect(none(`webhook_${name}`), name).toBe(0)

  const late = await endpoint(world, 'due_at = ?', [now - HOUR_MS])
  await deliver(world, late, now - 20 * MINUTE_MS)
  const later = await endpoint(world, 'due_at = ?', [now - HOUR_MS])
  await deliver(world, later, now + HOUR_MS)
  const down = await endpoint(world, 'failures = 5, due_at = ?', [now - HOUR_MS])
  await deliver(world, down, now - 2 * HOUR_MS)
  await endpoint(world, 'idle_cursor = cursor, due_at = ?', [now - 30 * DAY_MS])
  await endpoint(world, 'state = 2')
  await endpoint(world, 'state = 3')
  await endpoint(world, 'state = 4')
  await world.raw(`UPDATE webhook_endpoint SET ${LAST}`)

  const value = await gauges(world)
  expect(value('webhook_endpoints', 'state="enabled"')).toBe(4)
  for (const state of ['disabled', 'failing', 'gone'])
    expect(value('webhook_endpoints', `state="${state}"`), state).toBe(1)
  expect(value('webhook_endpoints_down')).toBe(1)
  expect(value('webhook_endpoints_due')).toBe(1)
  expectAbout(value('webhook_oldest_seconds'), 20 * MINUTE_MS)
  expect(value('webhook_deliveries_waiting')).toBe(3)
})

test('webhooks: what happened to an endpoint that rested for a month is due since then, and not for a month', async ({
  ownWorld: world,
}) => {
  const now = systemClock()
  await endpoint(world, `due_at = ?, ${LAST}`, [now - 30 * DAY_MS])
  const at = now - 10 * MINUTE_MS
  const [[workspace]] = (await world.raw('SELECT workspace FROM webhook_endpoint')) as [[number]]
  await commitAsOperator(world.endpoint, [append({ ...eventOf({ id: uuid7(at), at }), workspace })])
  expectAbout((await gauges(world))('webhook_oldest_seconds'), 10 * MINUTE_MS)
})

test('rights requests: how many are open, how many of them too long, and when the next one has to be answered', async ({
  ownWorld: world,
}) => {
  const now = systemClock()
  const none = await gauges(world)
  expect([none('rights_open'), none('rights_overdue'), none('rights_next_due_seconds')]).toEqual([
    0,
    0,
    undefined,
  ])
  const ask = (dueAt: number, missedAt: number | null, state = 1) =>
    world.raw(
      `INSERT INTO rights_request (ref, tenant, workspace, address_id, right, state, opened_at, due_at, missed_at, event)
        SELECT randomblob(11), tenant, number, randomblob(12), 2, ?, ?, ?, ?, randomblob(16) FROM workspace LIMIT 1`,
      [state, now - 30 * DAY_MS, dueAt, missedAt],
    )
  await ask(now - 2 * DAY_MS, now - 2 * DAY_MS)
  await ask(now - MINUTE_MS, null)
  await ask(now + 9 * DAY_MS, null)
  await ask(now + 3 * DAY_MS, null)
  await ask(now + DAY_MS, null, 2)
  const value = await gauges(world)
  expect([value('rights_open'), value('rights_overdue')]).toEqual([4, 2])
  expectAbout(value('rights_next_due_seconds'), 3 * DAY_MS)
})

test('API keys: those that somebody uses, that end within a fortnight, and that have no successor of their own', async ({
  ownWorld: world,
}) => {
  const now = systemClock()
  const key = (expiresAt: number | null, lastUsedAt: number | null, revokedAt: number | null = null) =>
    world.raw(
      `INSERT INTO api_key (id, workspace, secret_hash, permissions, created_at, expires_at, last_used_at, revoked_at)
        SELECT randomblob(8), number, randomblob(32), '[]', ?, ?, ?, ? FROM workspace LIMIT 1 RETURNING id`,
      [now - 90 * DAY_MS, expiresAt, lastUsedAt, revokedAt],
    )
  const used = now - HOUR_MS
  await key(null, used)
  await key(now + 15 * DAY_MS, used)
  await key(now - MINUTE_MS, used)
  await key(now + DAY_MS, used, used)
  await key(now + DAY_MS, now - 8 * DAY_MS)
  await key(now + DAY_MS, null)
  expect((await gauges(world))('api_keys_ending')).toBe(0)
  const [[id]] = (await key(now + 13 * DAY_MS, used)) as [[Value]]
  expect((await gauges(world))('api_keys_ending')).toBe(1)
  const [[renewal]] = (await key(null, used)) as [[Value]]
  await world.raw('UPDATE api_key SET renewal_of = ? WHERE id = ?', [id, renewal])
  expect((await gauges(world))('api_keys_ending')).toBe(0)
})

test('keys: the age of the oldest data key, and with a schedule that of the wrapping key and when it was kept', async ({
  ownWorld: world,
}) => {
  const now = systemClock()
  await world.raw('DELETE FROM data_key')
  const none = await gauges(world)
  for (const name of [
    'data_key_oldest_seconds',
    'wrapping_key_seconds',
    'key_schedule_seconds',
    'key_schedule_kept_seconds',
  ])
    expect(none(name), name).toBeUndefined()
  for (const days of [40, 10])
    await world.raw(
      'INSERT INTO data_key (tenant, generation, wrapped, made_at) SELECT number, ?1, ?2, ?3 FROM tenant LIMIT 1',
      [days, 'x', now - days * DAY_MS],
    )
  const schedule = { everyDays: 30, begunAt: now - 9 * DAY_MS, keptAt: now - DAY_MS }
  await commitAsOperator(world.endpoint, [keepSchedule(schedule)])
  const value = await gauges(world)
  expectAbout(value('data_key_oldest_seconds'), 40 * DAY_MS)
  expectAbout(value('wrapping_key_seconds'), 9 * DAY_MS)
  expectAbout(value('key_schedule_kept_seconds'), DAY_MS)
  expect(value('key_schedule_seconds')).toBe(30 * 86_400)
})

test('keys: a change of keys that broke off counts as a schedule that was never kept', async ({
  ownWorld: world,
}) => {
  const schedule = { everyDays: 30, begunAt: systemClock() - DAY_MS, keptAt: 0 }
  await commitAsOperator(world.endpoint, [keepSchedule(schedule)])
  expect((await gauges(world))('key_schedule_kept_seconds')).toBeGreaterThan(365 * 86_400)
})

test('jobs: each is known from its first run on, is written down every five minutes, and one that is gone is forgotten', async ({
  ownWorld: world,
}) => {
  expect((await gauges(world))('job_done_seconds', 'name="outbox"')).toBeUndefined()
  await world.runCron()
  const value = await gauges(world)
  for (const job of ['outbox', 'rights outbox', 'rights deadlines', 'webhooks', 'expiry', 'reports'])
    expectAbout(value('job_done_seconds', `name="${job}"`), 0)

  const now = systemClock()
  await world.raw("UPDATE job_run SET ended_at = ? WHERE name = 'outbox'", [now - 20 * MINUTE_MS])
  await world.raw("UPDATE job_run SET ended_at = ? WHERE name = 'webhooks'", [now - 3 * MINUTE_MS])
  await world.raw("INSERT INTO job_run (name, ended_at) VALUES ('former', 0)")
  expectAbout((await gauges(world))('job_done_seconds', 'name="outbox"'), 20 * MINUTE_MS)
  await world.runCron()
  const after = await gauges(world)
  expectAbout(after('job_done_seconds', 'name="outbox"'), 0)
  expectAbout(after('job_done_seconds', 'name="webhooks"'), 3 * MINUTE_MS)
  expect(after('job_done_seconds', 'name="former"')).toBeUndefined()
})

test('backups: from the moment each kind is of, a whole one with its event, and a tail once in five minutes', async ({
  ownWorld: world,
}) => {
  const now = systemClock()
  expect((await gauges(world))('backup_seconds', 'kind="whole"')).toBeUndefined()
  const path = `${world.dir}/whole`
  const seal = await backup(world.endpoint, path, () => now - 2 * HOUR_MS)
  const { head } = await readBackup(path)
  await noteBackup(world.endpoint, head, seal)
  const tail = (at: number) => noteBackup(world.endpoint, { ...head, kind: 'tail', at }, seal)
  await tail(now - 20 * MINUTE_MS)
  await tail(now - 16 * MINUTE_MS)
  const value = await gauges(world)
  expectAbout(value('backup_seconds', 'kind="whole"'), 2 * HOUR_MS)
  expectAbout(value('backup_seconds', 'kind="tail"'), 20 * MINUTE_MS)
  await tail(now - 15 * MINUTE_MS)
  expectAbout((await gauges(world))('backup_seconds', 'kind="tail"'), 15 * MINUTE_MS)
  const told = "SELECT tenant, actor, subject, data FROM event WHERE type = 'backup.made'"
  expect(await world.raw(told)).toEqual([
    [
      0,
      'operator:cli:test',
      seal.root,
      JSON.stringify({ asOf: head.at, events: seal.events, rows: seal.rows }),
    ],
  ])
})
