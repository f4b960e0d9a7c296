import { describe, expect } from 'vitest'
import { DAY_MS } from '../../core/clock.ts'
import { EVENT_TYPES, type LedgerEvent } from '../../core/event.ts'
import { append } from '../../db/event.ts'
import { addTally, firstUncounted, statisticsOf, type Tally, tallyNext } from '../../db/statistic.ts'
import { apply, eventOf, type TestDatabase, test } from '../support/database.ts'

const DAY = 20_000
const NOON = DAY * DAY_MS + DAY_MS / 2

async function settle(database: TestDatabase): Promise<void> {
  await database.sql("INSERT INTO tenant VALUES (1, 't', 'T', 0)")
  for (const workspace of [1, 2])
    await database.sql(
      "INSERT INTO workspace (number, tenant, name, display_name, created_at) VALUES (?1, 1, 'w' || ?1, 'W', 0)",
      [workspace],
    )
  for (const [number, workspace, name] of [
    [1, 1, 'news'],
    [2, 1, 'offers'],
    [3, 2, 'news'],
  ] as const)
    await database.sql("INSERT INTO topic VALUES (?, ?, ?, 'T', '', 'marketing', 0, NULL, NULL)", [
      number,
      workspace,
      name,
    ])
}

/** Appends events of workspace 1 at noon of one day, or as they say. */
const happens = (database: TestDatabase, ...events: Partial<LedgerEvent>[]) =>
  apply(
    database,
    events.map(more => append(eventOf({ at: NOON, ...more }))),
  )

async function tallied(database: TestDatabase, limit = 1000): Promise<Tally> {
  const query = tallyNext(limit)
  return query.decode(await database.sql(query.sql, query.args))
}

const count = async (database: TestDatabase, limit?: number) =>
  apply(database, addTally(await tallied(database, limit)))

/** Counts of a workspace over all days, each as its day, type, topic, reason, channel and number. */
async function counts(database: TestDatabase, workspace = 1) {
  const query = statisticsOf({ workspace, from: 0, to: 2 * DAY, limit: 1000 })
  return query
    .decode(await database.sql(query.sql, query.args))
    .map(({ day, type, topic, topicName, reason, via, count }) => {
      expect(topicName === null).toBe(topic === 0)
      return [day, type, topicName, reason, via, count]
    })
}

async function uncounted(database: TestDatabase, workspace = 1): Promise<number | null> {
  const query = firstUncounted(workspace)
  return query.decode(await database.sql(query.sql, query.args))
}

test('an event of every type is counted under its type, whatever it says', async ({ database }) => {
  await settle(database)
  await happens(database, ...EVENT_TYPES.map(type => ({ type, subject: 'x' })))
  await count(database)
  const counted = await counts(database)
  expect(counted.map(([, type]) => type)).toEqual([...EVENT_TYPES].sort())
  expect(counted.every(([day, , , , , number]) => day === DAY && number === 1)).toBe(true)
})

const facts: [what: string, event: Partial<LedgerEvent>, rows: unknown[][]][] = [
  [
    'an unsubscribe from a topic',
    { data: { reason: 'unsubscribed', scope: 'topic', topic: 2, until: null, via: 'one-click' } },
    [['offers', 'unsubscribed', 'one-click', 1]],
  ],
  [
    'an unsubscribe from everything, under no topic',
    { data: { reason: 'unsubscribed', scope: 'workspace', until: null, via: 'page' } },
    [[null, 'unsubscribed', 'page', 1]],
  ],
  [
    'repetitions that one event tells of, each',
    { type: 'suppression.repeated', data: { reason: 'unsubscribed', topic: 1, via: 'one-click', count: 7 } },
    [['news', 'unsubscribed', 'one-click', 7]],
  ],
  [
    'a sign-up for two topics, in each of them',
    { type: 'consent.requested', data: { topics: 'news offers', via: 'form' } },
    [
      ['news', '', 'form', 1],
      ['offers', '', 'form', 1],
    ],
  ],
  [
    'a consent to a topic that is none any more, under no topic',
    { type: 'consent.granted', data: { topics: 'gone', via: 'api' } },
    [[null, '', 'api', 1]],
  ],
  [
    'a report, by its kind',
    { type: 'bounce.reported', data: { kind: 'permanent', via: 'ses' } },
    [[null, 'permanent', 'ses', 1]],
  ],
  [
    'a rights request, by the right',
    { type: 'rights.requested', data: { right: 'rectification' } },
    [[null, 'rectification', '', 1]],
  ],
  [
    'reads of personal data, by what was read',
    { type: 'personal_data.read', subject: 'export', data: { count: 3 } },
    [[null, 'export', '', 3]],
  ],
  [
    'a topic and a count that are no numbers, without stopping the count',
    { data: { topic: 'news', count: 'many', via: 1 } },
    [[null, '', '1', 0]],
  ],
  ['names with quotes', { data: { topics: 'a"b \\c' } }, [[null, '', '', 2]]],
  ['an event of no workspace, nowhere', { workspace: null }, []],
]

test.for(facts)('counted: %s', async ([, event, rows], { database }) => {
  await settle(database)
  await happens(database, event)
  await count(database)
  const type = event.type ?? 'suppression.added'
  expect(await counts(database)).toEqual(rows.map(row => [DAY, type, ...row]))
})

test('each day is counted by itself, from midnight to midnight UTC, in whatever order events come', async ({
  database,
}) => {
  await settle(database)
  const [begins, ends] = [DAY * DAY_MS, (DAY + 1) * DAY_MS]
  await happens(database, ...[ends, begins, ends - 1, begins - 1].map(at => ({ at })))
  await count(database)
  expect((await counts(database)).map(([day, , , , , number]) => [day, number])).toEqual([
    [DAY - 1, 1],
    [DAY, 2],
    [DAY + 1, 1],
  ])
})

test('a workspace’s events are counted for it alone, also where topics have one name', async ({
  database,
}) => {
  await settle(database)
  const asked = { type: 'consent.requested', data: { topics: 'news' } } as const
  await happens(database, asked, { ...asked, workspace: 2 }, { ...asked, workspace: 2 })
  await count(database)
  expect(await counts(database, 1)).toMatchObject([[DAY, 'consent.requested', 'news', '', '', 1]])
  expect(await counts(database, 2)).toMatchObject([[DAY, 'consent.requested', 'news', '', '', 2]])
  expect(await database.sql('SELECT workspace, topic FROM statistic ORDER BY workspace')).toEqual([
    [1, 1],
    [2, 3],
  ])
})

describe('each event is counted once', () => {
  const total = async (database: TestDatabase) =>
    (await database.sql('SELECT total(count) FROM statistic'))[0]![0]

  test('however few are counted at a time, and numbers that the ledger left out stop nothing', async ({
    database,
  }) => {
    await settle(database)
    await happens(database, {}, {}, {})
    await database.sql(
      `INSERT INTO event SELECT seq + 1000000, randomblob(16), at, tenant, workspace, type, actor, address_id, subject, data, sealed, leaf
        FROM event`,
    )
    for (const left of [4, 2, 0, 0]) {
      await count(database, 2)
      expect((await tallied(database)).events).toBe(left)
    }
    expect(await total(database)).toBe(6)
  })

  test('of two runs that read the same events, the second writes nothing', async ({ database }) => {
    await settle(database)
    await happens(database, {}, {})
    const [one, other] = [await tallied(database), await tallied(database)]
    expect(one).toEqual(other)
    expect(await apply(database, addTally(one))).toEqual([1, 1])
    expect(await apply(database, addTally(other))).toEqual([0, 0])
    expect(await total(database)).toBe(2)
  })

  test('a run that another one has overtaken by half writes nothing, and what is left follows', async ({
    database,
  }) => {
    await settle(database)
    await happens(database, {}, {}, {})
    const late = await tallied(database)
    await count(database, 1)
    expect(await apply(database, addTally(late))).toEqual([0, 0])
    await count(database)
    expect(await total(database)).toBe(3)
  })

  test('a run that ends between reading and writing loses nothing, and what came meanwhile follows', async ({
    database,
  }) => {
    await settle(database)
    await happens(database, {})
    const read = await tallied(database)
    await happens(database, {})
    await apply(database, addTally(read))
    expect(await total(database)).toBe(1)
    await count(database)
    expect(await total(database)).toBe(2)
  })

  test('the sums and the place go together: what fails behind them takes both back', async ({ database }) => {
    await settle(database)
    await happens(database, {})
    const tally = addTally(await tallied(database))
    const fails = { sql: 'INSERT INTO tenant VALUES (1, NULL, NULL, 0)', args: [] }
    await expect(apply(database, [...tally, fails])).rejects.toThrow()
    expect([await total(database), (await tallied(database)).events]).toEqual([0, 1])
    await expect(apply(database, [tally[0]!, fails, tally[1]!])).rejects.toThrow()
    await apply(database, tally)
    expect(await total(database)).toBe(1)
  })
})

test('a workspace is told since when its own events wait, and nothing of others’', async ({ database }) => {
  await settle(database)
  await happens(database, { at: NOON }, { at: NOON + 2, workspace: 2 }, { at: NOON + 1 })
  expect(await uncounted(database)).toBe(NOON)
  await count(database, 1)
  expect(await uncounted(database)).toBe(NOON + 1)
  expect(await uncounted(database, 2)).toBe(NOON + 2)
  await count(database, 2)
  expect([await uncounted(database), await uncounted(database, 2)]).toEqual([null, null])
  await happens(database, { at: NOON + 3, workspace: 2 })
  expect([await uncounted(database), await uncounted(database, 2)]).toEqual([null, NOON + 3])
})

test('statistics come part by part, each row once, and a row that comes between moves none', async ({
  database,
}) => {
  await settle(database)
  const days = [DAY, DAY, DAY + 1, DAY + 2, DAY + 2]
  await happens(
    database,
    ...days.map((day, i) => ({ at: day * DAY_MS, data: { topic: 1 + (i % 2), via: `v${i}` } })),
  )
  await count(database)
  const seen: string[] = []
  for (let after: number | undefined; ; ) {
    const query = statisticsOf({ workspace: 1, from: DAY, to: DAY + 2, after, limit: 2 })
    const rows = query.decode(await database.sql(query.sql, query.args))
    seen.push(...rows.map(({ via }) => via))
    if (rows.length < 2) break
    after = rows.at(-1)!.id
    await happens(database, { at: DAY * DAY_MS, data: { via: 'a' } })
    await count(database)
  }
  expect(seen).toEqual(['v0', 'v1', 'v2', 'v4', 'v3'])
  const later = statisticsOf({ workspace: 1, from: DAY + 1, to: DAY + 1, after: 1, limit: 9 })
  expect(later.decode(await database.sql(later.sql, later.args)).map(({ via }) => via)).toEqual(['v2'])
})
