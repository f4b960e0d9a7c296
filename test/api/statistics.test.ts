import { describe, expect } from 'vitest'
import { DAY_MS, timestamp } from '../../core/clock.ts'
import type { LedgerEvent } from '../../core/event.ts'
import { uuid7 } from '../../core/id.ts'
import { transact, wired } from '../../db/engine/hrana.ts'
import { append } from '../../db/event.ts'
import { createKey } from '../../ops/provision-key.ts'
import { mailedRequest, press, request } from '../support/consent.ts'
import { connect, deliver, fixture, MAILGUN } from '../support/inbound.ts'
import { saidOf } from '../support/list.ts'
import { answered, test, type World } from '../support/world.ts'

const ADA = 'ada@example.com'
const GET = { method: 'GET', body: null } as const
const DAY = 20_000

interface Count {
  day: string
  type: string
  topic?: string
  reason?: string
  via?: string
  count: number
}

/** Asks for statistics, the key's own or another's. */
const stats = (world: World, query = '', key = world.apiKey) =>
  world.call(`/v1/stats?limit=1000${query}`, null, { ...GET, key })

/** Counts what has happened, and returns what is told of it. */
async function counted(world: World, query = '', key?: string): Promise<Count[]> {
  await world.runCron()
  return (await answered(await stats(world, query, key))).counts
}

/** Appends events of the workspace as they would be after time has passed. */
async function happened(world: World, ...events: Partial<LedgerEvent>[]): Promise<void> {
  const { tenant, workspace } = world
  const act = events.map(more =>
    append({
      id: uuid7(DAY * DAY_MS),
      at: DAY * DAY_MS,
      tenant,
      workspace,
      type: 'suppression.added',
      actor: 'recipient',
      addressId: null,
      subject: 'sup_AAAAAAAAAAAAAAAAAAAAAAAA',
      data: {},
      ...more,
    }),
  )
  await transact(world.endpoint, act.map(wired), 5000)
}

const dateOf = (day: number): string => timestamp(day * DAY_MS).slice(0, 10)

const suppress = (world: World, more: object, key = world.apiKey) =>
  world.call(
    '/v1/suppressions',
    { entries: [{ address: ADA, scope: 'workspace', reason: 'manual', ...more }] },
    { key },
  )

const acts: [what: string, act: (world: World) => Promise<unknown>, rows: Omit<Count, 'day'>[]][] = [
  [
    'a one-click unsubscribe, under its topic',
    async world => world.fetch((await world.links(ADA)).unsubscribeUrl, { method: 'POST' }),
    [{ type: 'suppression.added', topic: 'news', reason: 'unsubscribed', via: 'one-click', count: 1 }],
  ],
  [
    'an unsubscribe from everything on its page, under none',
    async world =>
      world.fetch(`${(await world.links(ADA)).unsubscribeUrl}/page`, {
        method: 'POST',
        body: new URLSearchParams({ scope: 'workspace' }),
      }),
    [{ type: 'suppression.added', reason: 'unsubscribed', via: 'page', count: 1 }],
  ],
  [
    'a pause in the preference center',
    async world =>
      world.fetch((await world.links(ADA)).preferencesUrl, {
        method: 'POST',
        body: new URLSearchParams({ act: 'pause', days: '30' }),
      }),
    [{ type: 'suppression.added', reason: 'paused', via: 'preferences', count: 1 }],
  ],
  [
    'a withdrawal that a sender passes on',
    world => world.call('/v1/consents/withdraw', { address: ADA, topics: ['offers'] }),
    [{ type: 'suppression.added', topic: 'offers', reason: 'unsubscribed', via: 'api', count: 1 }],
  ],
  [
    'an import, line by line',
    world => saidOf(world, 'import', 'email\nada@example.com\nbob@example.com\n'),
    [{ type: 'suppression.added', reason: 'imported', via: 'import', count: 2 }],
  ],
  [
    'a complaint that a provider reports, and what it suppresses',
    async world =>
      deliver(
        world,
        await connect(world, 'mailgun', MAILGUN.settings),
        MAILGUN.body(fixture('mailgun-complaint.json')),
      ),
    [
      { type: 'complaint.reported', reason: 'complaint', via: 'mailgun', count: 1 },
      { type: 'suppression.added', reason: 'complained', via: 'mailgun', count: 1 },
    ],
  ],
  [
    'a sign-up for two topics, in each',
    world => request(world, ADA, { topics: ['news', 'offers'] }),
    [
      { type: 'consent.requested', topic: 'news', via: 'api', count: 1 },
      { type: 'consent.requested', topic: 'offers', via: 'api', count: 1 },
    ],
  ],
  [
    'a consent that was given before Floe',
    world =>
      world.call('/v1/consents', {
        entries: [{ address: ADA, topic: 'news', basis: 'express', at: '2026-01-02T03:04:05Z' }],
      }),
    [{ type: 'consent.granted', topic: 'news', via: 'api', count: 1 }],
  ],
  [
    'a sender’s own entry and its lifting, both under its topic',
    async world => {
      const { results } = await answered(await suppress(world, { scope: 'topic', topic: 'news' }))
      await world.call(`/v1/suppressions/${results[0].id}`, null, { method: 'DELETE', body: null })
    },
    [
      { type: 'suppression.added', topic: 'news', reason: 'manual', via: 'api', count: 1 },
      { type: 'suppression.lifted', topic: 'news', reason: 'manual', via: 'api', count: 1 },
    ],
  ],
  [
    'an unsubscribe that a confirmation takes back, with the consent',
    async world => {
      await world.fetch((await world.links(ADA)).unsubscribeUrl, { method: 'POST' })
      const { confirmation } = await mailedRequest(world, ADA)
      await press(world, confirmation.confirmUrl)
    },
    [
      { type: 'suppression.added', topic: 'news', reason: 'unsubscribed', via: 'one-click', count: 1 },
      { type: 'consent.requested', topic: 'news', via: 'api', count: 1 },
      { type: 'consent.confirmed', topic: 'news', via: 'link', count: 1 },
      { type: 'suppression.lifted', topic: 'news', reason: 'unsubscribed', via: 'confirmation', count: 1 },
    ],
  ],
  [
    'an unsubscribe of a subscriber, as what was suppressed and as what was withdrawn',
    async world => {
      const consent = { address: ADA, topic: 'news', basis: 'express', at: '2026-01-02T03:04:05Z' }
      await answered(await world.call('/v1/consents', { entries: [consent] }))
      await world.fetch((await world.links(ADA)).unsubscribeUrl, { method: 'POST' })
    },
    [
      { type: 'consent.granted', topic: 'news', via: 'api', count: 1 },
      { type: 'suppression.added', topic: 'news', reason: 'unsubscribed', via: 'one-click', count: 1 },
      { type: 'consent.withdrawn', topic: 'news', via: 'one-click', count: 1 },
    ],
  ],
]

/** What the tenant's own making and the key's reading leave in the ledger. */
const isSetUp = ({ type }: Count) =>
  /^(?:workspace|topic|notice|api_key|inbound|brand|link_host)\./.test(type)

test.for(acts)('counted on the day it happened: %s', async ([, act, rows], { world }) => {
  const before = dateOf(Math.floor(Date.now() / DAY_MS))
  await act(world)
  const found = (await counted(world)).filter(row => !isSetUp(row))
  const after = dateOf(Math.floor(Date.now() / DAY_MS))
  expect(found.every(({ day }) => day === before || day === after)).toBe(true)
  expect(found.map(({ day: _, ...row }) => row)).toHaveLength(rows.length)
  expect(found.map(({ day: _, ...row }) => row)).toEqual(expect.arrayContaining(rows))
})

test('what a call only reads, checks or mints is not counted', async ({ world }) => {
  const before = await counted(world)
  await world.check(ADA)
  await world.links(ADA)
  await stats(world)
  await world.call('/v1/topics', null, GET)
  expect(await counted(world)).toEqual(before)
})

test('the sums are those of the ledger, whoever counts at the same time and however often', async ({
  world,
}) => {
  for (let round = 0; round < 3; round++)
    await Promise.all([
      ...['a', 'b', 'c'].map(name => suppress(world, { address: `${name}${round}@example.com` })),
      ...Array.from({ length: 4 }, () => world.runCron()),
    ])
  await Promise.all(Array.from({ length: 4 }, () => world.runCron()))
  const rows = await world.sql(
    "SELECT type, total(coalesce(data->>'count', 1)) FROM event WHERE workspace = ? GROUP BY type ORDER BY type",
    [world.workspace],
  )
  const sums = new Map<string, number>()
  for (const { type, count } of await counted(world, '&from=2026-01-01'))
    sums.set(type, (sums.get(type) ?? 0) + count)
  expect([...sums].sort()).toEqual(rows)
  expect(sums.get('suppression.added')).toBe(9)
})

test('another workspace or tenant never sees what is counted here, nor whether anything waits', async ({
  world,
}) => {
  await suppress(world, { scope: 'topic', topic: 'news' })
  await suppress(world, { scope: 'tenant', address: 'bob@example.com' })
  const own = await counted(world, '&types=suppression.*')
  expect(own.map(({ count }) => count)).toEqual([1, 1])
  for (const key of [world.siblingApiKey, world.otherApiKey])
    expect(await counted(world, '&types=suppression.*', key)).toEqual([])
  await suppress(world, { address: 'eve@example.com' })
  const asked = Date.now()
  for (const key of [world.siblingApiKey, world.otherApiKey]) {
    const { upTo } = await answered(await stats(world, '', key))
    expect(Date.parse(upTo)).toBeGreaterThanOrEqual(asked)
  }
})

test('an answer says up to when it counts: the first event that waits, or now', async ({ world }) => {
  await counted(world)
  await suppress(world, {})
  const [[at]] = (await world.sql("SELECT at FROM event WHERE type = 'suppression.added'")) as [[number]]
  const waiting = await answered(await stats(world, '&types=suppression.added'))
  // The schedule is the test's own here, so nothing was counted meanwhile.
  expect(waiting).toMatchObject({ upTo: timestamp(at), counts: [] })
  expect(await counted(world, '&types=suppression.added')).toMatchObject([{ count: 1 }])
  const asked = Date.now()
  const { upTo } = await answered(await stats(world))
  expect(Date.parse(upTo)).toBeGreaterThanOrEqual(asked)
  expect(Date.parse(upTo)).toBeLessThanOrEqual(Date.now())
})

describe('the days of an answer', () => {
  test('are those that are asked for, the first and the last included', async ({ world }) => {
    await happened(world, ...[-1, 0, 1, 2].map(day => ({ at: (DAY + day) * DAY_MS })))
    const two = await counted(world, `&from=${dateOf(DAY)}&to=${dateOf(DAY + 1)}`)
    expect(two.map(({ day }) => day)).toEqual([dateOf(DAY), dateOf(DAY + 1)])
    const year = await answered(await stats(world, `&from=${dateOf(DAY + 1 - 365)}&to=${dateOf(DAY + 1)}`))
    expect(year).toMatchObject({ from: dateOf(DAY - 364), to: dateOf(DAY + 1) })
    expect(year.counts).toHaveLength(3)
  })

  test('are the last thirty, or thirty up to the last one, where nothing is said', async ({ world }) => {
    const today = () => dateOf(Math.floor(Date.now() / DAY_MS))
    const before = today()
    const { from, to } = await answered(await stats(world))
    expect([before, today()]).toContain(to)
    expect(Date.parse(to) - Date.parse(from)).toBe(29 * DAY_MS)
    const until = await answered(await stats(world, `&to=${dateOf(DAY)}`))
    expect(until).toMatchObject({ from: dateOf(DAY - 29), to: dateOf(DAY) })
    const since = await answered(await stats(world, `&from=${from}`))
    expect(since.from).toBe(from)
    expect([to, today()]).toContain(since.to)
  })
})

/** What happened on five days, in the order in which it is told. */
async function five(world: World): Promise<void> {
  const { news, offers } = world.topics
  const topics = [news, offers, offers, null, news]
  await happened(
    world,
    ...topics.map((topic, i) => ({
      at: (DAY + i) * DAY_MS,
      type: i === 2 ? ('consent.expired' as const) : ('suppression.added' as const),
      data: { ...(topic && { topic }), via: `v${i}` },
    })),
  )
  await world.runCron()
}

test.for([
  ['no filter', '', ['v0', 'v1', 'v2', 'v3', 'v4']],
  ['a topic', '&topic=news', ['v0', 'v4']],
  ['a type', '&types=consent.expired', ['v2']],
  ['all types of a noun', '&types=suppression.*', ['v0', 'v1', 'v3', 'v4']],
  ['both', '&topic=offers&types=suppression.*', ['v1']],
] as const)('with %s every row comes once, page by page', async ([, filter, expected], { world }) => {
  await five(world)
  const seen: string[] = []
  const path = `/v1/stats?limit=1&from=${dateOf(DAY)}&to=${dateOf(DAY + 5)}${filter}`
  let pages = 0
  for (let next: string | undefined; pages === 0 || next !== undefined; pages++) {
    const page: { counts: Count[]; next?: string } = await answered(
      await world.call(`${path}${next === undefined ? '' : `&cursor=${next}`}`, null, GET),
    )
    seen.push(...page.counts.map(({ via }) => via!))
    next = page.next
    expect(pages).toBeLessThan(6)
  }
  // Rows that do not match cost no page of their own.
  expect(pages).toBe(expected.length)
  expect(seen).toEqual(expected)
})

test('where few of many rows match, a page may be empty and still lead on', async ({ world }) => {
  const { offers } = world.topics
  const many = Array.from({ length: 2000 }, (_, i) => ({ data: { via: `v${i}` } }))
  await happened(world, ...many, { data: { topic: offers, via: 'w' } })
  await world.runCron()
  const query = `&from=${dateOf(DAY)}&to=${dateOf(DAY)}&topic=offers`
  const empty = await answered(await stats(world, query))
  expect(empty).toMatchObject({ counts: [], next: expect.any(String) })
  const page = await answered(await stats(world, `${query}&cursor=${empty.next}`))
  expect(page.counts).toMatchObject([{ topic: 'offers', via: 'w' }])
  expect(page).not.toHaveProperty('next')
})

test.for([
  ['from', 'from=yesterday'],
  ['from', 'from=2026-02-30'],
  ['from', 'from=2026-11-01T00:00:00Z'],
  ['to', 'to=20261101'],
  ['to', 'to='],
  ['from', 'from=2026-11-02&to=2026-11-01'],
  ['from', 'from=2999-01-01'],
  ['from', 'from=2025-01-01&to=2026-01-02'],
  ['from', 'from=2020-01-01'],
  ['types', 'types=suppression.gone'],
  ['types', 'types='],
  ['cursor', 'cursor=nonsense'],
  ['limit', 'limit=0'],
  ['limit', 'limit=1001'],
  ['day', 'day=2026-11-01'],
  ['workspace', 'workspace=1'],
] as const)('a wrong %s is refused by name: %s', async ([field, query], { sharedWorld: world }) => {
  const answer = await world.writesNothing(() => world.call(`/v1/stats?${query}`, null, GET))
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ field }] })
})

test('a topic that there is not is refused, and so is one of another workspace', async ({
  sharedWorld: world,
}) => {
  for (const [topic, key] of [
    ['none', world.apiKey],
    ['weekly', world.apiKey],
    ['news', world.otherApiKey],
  ] as const) {
    const answer = await world.writesNothing(() => stats(world, `&topic=${topic}`, key))
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'topic.not_found', topic })
  }
})

test('another tenant’s cursor is none, and a key without the permission is refused', async ({ world }) => {
  await five(world)
  const days = `from=${dateOf(DAY)}&to=${dateOf(DAY + 5)}&limit=1`
  const { next } = await answered(await world.call(`/v1/stats?${days}`, null, GET))
  const theirs = await stats(world, `&cursor=${next}`, world.otherApiKey)
  expect(theirs.status).toBe(400)
  const { text } = await createKey(world.endpoint, world.keyring, world.path, [
    'suppressions:read',
    'topics:read',
  ])
  const refused = await stats(world, '', text)
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ permission: 'events:read' })
})
