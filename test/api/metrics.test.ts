import { describe, expect } from 'vitest'
import { run } from '../../db/engine/hrana.ts'
import { FILES, textOf } from '../../local/source.ts'
import { type Family, readOpenMetrics } from '../support/open-metrics.ts'
import { scrape, scraped } from '../support/scrape.ts'
import { openWorker } from '../support/worker.ts'
import { openWorld, OPERATOR_TOKEN as TOKEN, testWith, type WorldOptions } from '../support/world.ts'

const WATCHED: WorldOptions = { replicas: 1 }
const test = testWith(WATCHED)

describe('/metrics is', () => {
  test('not there where no token is set', async ({ sharedWorld: world }) => {
    const { METRICS_TOKEN, ...bindings } = world.bindings
    const unwatched = await openWorker(bindings)
    const answer = await fetch(`${unwatched.url}/metrics`, {
      headers: { authorization: `Bearer ${METRICS_TOKEN}` },
    })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'route.not_found' })
    await unwatched.stop()
  })

  test('for nobody but who holds the token', async ({ sharedWorld: world }) => {
    const tries: [authorization: string | undefined, code: string][] = [
      [undefined, 'key.missing'],
      [TOKEN, 'key.invalid'],
      [`Bearer ${TOKEN}x`, 'key.invalid'],
      [`Bearer ${TOKEN.slice(0, -1)}`, 'key.invalid'],
      [`Basic ${TOKEN}`, 'key.invalid'],
      [`Bearer ${world.apiKey}`, 'key.invalid'],
    ]
    for (const [authorization, code] of tries) {
      const headers = authorization === undefined ? {} : { authorization }
      const answer = await world.fetch('/metrics', { headers })
      expect(answer.status, authorization).toBe(401)
      expect(await answer.json(), authorization).toMatchObject({ code })
    }
  })
})

test('what was done is counted, by route and status', async ({ sharedWorld: world }) => {
  const before = await scrape(world)
  const { unsubscribeUrl } = await world.links('ada@example.com')
  for (const _ of [1, 2, 3]) await world.fetch(unsubscribeUrl, { method: 'POST' })
  await world.check('ada@example.com')
  await world.call('/v1/check', { addresses: 'none' })
  await world.fetch('/nowhere')
  const after = await scrape(world)
  const value = (sample: string) => (after(sample) ?? 0) - (before(sample) ?? 0)
  expect(value('floe_requests_total{worker="floe",operation="POST /u/:token",status="200"}')).toBe(3)
  expect(value('floe_requests_total{worker="floe",operation="POST /v1/check",status="200"}')).toBe(1)
  expect(value('floe_requests_total{worker="floe",operation="POST /v1/check",status="400"}')).toBe(1)
  expect(value('floe_requests_total{worker="floe",operation="none",status="404"}')).toBe(1)
  expect(value('floe_request_seconds_count{worker="floe",operation="POST /u/:token"}')).toBe(3)
  expect(value('floe_database_calls_total{worker="floe",call="write",outcome="ok"}')).toBeGreaterThanOrEqual(
    3,
  )
  expect(value('floe_database_seconds_count{worker="floe",call="fresh"}')).toBeGreaterThan(0)
})

test('the state of the cluster is told beside it', async ({ sharedWorld: world }) => {
  const value = await scrape(world)
  const expected: Record<string, number> = {
    floe_primary_up: 1,
    floe_replicas: 1,
    floe_replicas_up: 1,
    floe_schema_fits: 1,
    floe_lane_depth: 0,
    floe_lane_oldest_seconds: 0,
    floe_lane_mood: 0,
    floe_lane_set_aside: 0,
    floe_lane_losses: 0,
    floe_mail_due: 0,
    floe_mail_oldest_seconds: 0,
  }
  for (const [name, is] of Object.entries(expected)) expect(value(`${name}{cluster="0"}`), name).toBe(is)
  for (const node of ['primary', 'replica 1'])
    expect(value(`floe_breaker{cluster="0",node="${node}"}`), node).toBe(0)
})

test('what is not known has no number', async () => {
  const world = await openWorld(WATCHED)
  await world.database.stop()
  const value = await scrape(world)
  expect(value('floe_primary_up{cluster="0"}')).toBe(0)
  expect(value('floe_replicas_up{cluster="0"}')).toBe(0)
  for (const name of ['floe_schema_fits', 'floe_mail_due', 'floe_replica_groups_behind'])
    expect(value(`${name}{cluster="0"}`), name).toBeUndefined()
  await world.close()
})

test('no request can add a label of its own', async ({ sharedWorld: world }) => {
  for (const path of ['/v1/secret"} 1', '/u/x?operation=y', '/%22%7D'])
    await world.fetch(path, { method: 'PROPFIND', headers: { 'x-request-id': '"}' } })
  const answer = await world.fetch('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })
  const { samples } = readOpenMetrics(await answer.text()).get('floe_requests')!
  expect([...samples.keys()].filter(key => !/operation="(none|site|[A-Z]+ \/[\w/:.-]*)"/.test(key))).toEqual(
    [],
  )
})

test('no label has a name that Prometheus gives by itself', async ({ sharedWorld: world }) => {
  await world.runCron()
  const labels = [...(await scraped(world)).values()].flatMap(({ samples }) =>
    [...samples.keys()].flatMap(sample => [...sample.matchAll(/[{,]([a-z_]+)="/g)].map(([, label]) => label)),
  )
  expect([...new Set(labels)].sort()).toEqual(expect.arrayContaining(['cluster', 'name', 'worker']))
  expect(labels.filter(label => label === 'job' || label === 'instance')).toEqual([])
})

/** What whoever is on call reads: the pages about alarms, and the rules that raise them. */
const ON_CALL = FILES.filter(path =>
  /^(?:site\/content\/docs\/(?:watch|alarms\/.*)\.md|ops\/alerts\.yml)$/.test(path),
)

/** The names that samples of families may have, with or without their suffix. */
const samplesOf = (families: ReadonlyMap<string, Family>): string[] =>
  [...families.keys()].flatMap(name =>
    ['', '_total', '_bucket', '_sum', '_count', '_info'].map(suffix => name + suffix),
  )

test('each metric that a page or a rule for whoever is on call names is in a scrape, and each gauge is named', async ({
  sharedWorld: world,
}) => {
  const families = await scraped(world)
  const there = samplesOf(families)
  const named = ON_CALL.flatMap(path =>
    [...textOf(path).matchAll(/\bfloe_[a-z_]+[a-z]\b/g)].map(([name]) => name),
  )
  expect(named.length).toBeGreaterThan(100)
  expect(named.filter(name => !there.includes(name))).toEqual([])
  const gauges = [...families].flatMap(([name, { type }]) => (type === 'gauge' ? [name] : []))
  expect(gauges.filter(name => !named.includes(name))).toEqual([])
})

test('what the pages of alarms ask of metrics and database finds something to ask', async ({
  sharedWorld: world,
}) => {
  const there = samplesOf(await scraped(world))
  const commands = (name: string) =>
    ON_CALL.flatMap(path =>
      [...textOf(path).matchAll(new RegExp(`^(?:.*; )?${name} (?:'([^'\\n]+)'|(\\w+))`, 'gm'))].map(
        ([, quoted, bare]) => (quoted ?? bare)!,
      ),
    )
  const metrics = commands('metric')
  expect(metrics.length).toBeGreaterThan(25)
  for (const pattern of metrics) {
    const [begin] = /^[a-z_()|]+/.exec(pattern)!
    const found = there.some(name => new RegExp(`^floe_(${begin})`).test(name))
    expect([pattern, found]).toEqual([pattern, true])
  }
  const questions = commands('ask')
  expect(questions.length).toBeGreaterThan(10)
  for (const sql of questions) {
    expect(sql).not.toContain('"')
    await run(world.endpoint, [{ sql: `EXPLAIN ${sql}`, args: [] }], 5000)
  }
})
