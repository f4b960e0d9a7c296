import { describe, expect } from 'vitest'
import { lackOf } from '../../core/codes/lack.ts'
import { TENANT_SCOPE, workspaceScope } from '../../core/codes/scope.ts'
import { SUBSCRIPTION_STATES } from '../../core/codes/subscription.ts'
import { lackOfConsent } from '../../core/consent-lack.ts'
import { grant } from '../../db/subscription.ts'
import { request } from '../../db/subscription-request.ts'
import { matching } from '../../db/suppression.ts'
import { apply, eventOf, idOf, type TestDatabase, test } from '../support/database.ts'

const NOW = 10_000

/** One workspace with the topics `in` and `out`, named for their mode. */
async function topics(database: TestDatabase): Promise<void> {
  await database.sql("INSERT INTO tenant VALUES (1, 't', 'T', 0)")
  await database.sql(
    "INSERT INTO workspace (number, tenant, name, display_name, created_at) VALUES (1, 1, 'w', 'W', 0)",
  )
  for (const [number, name, consent] of [
    [1, 'in', 'opt_in'],
    [2, 'out', null],
  ] as const)
    await database.sql(
      "INSERT INTO topic (number, workspace, name, display_name, description, kind, created_at, consent) VALUES (?, 1, ?, 'T', 'd', 'marketing', 0, ?)",
      [number, name, consent],
    )
}

test('what a check finds lacking is what the preference center and a proof find, whatever stands there', async ({
  database,
}) => {
  await topics(database)
  const rows = Object.values(SUBSCRIPTION_STATES).flatMap(state =>
    [null, 500, NOW, NOW + 1].flatMap(until =>
      [null, 400].flatMap(givenAt =>
        [null, 300].map(endedAt => ({ state, at: 450, until, givenAt, endedAt })),
      ),
    ),
  )
  for (const topic of [1, 2])
    for (const [i, { state, at, until, givenAt, endedAt }] of rows.entries())
      await database.sql(
        'INSERT INTO subscription (topic, address_id, state, at, until, given_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [topic, idOf(i), state, at, until, givenAt, endedAt],
      )
  const everybody = [...rows, undefined]
  const ids = new Uint8Array(Buffer.concat(everybody.map((_, i) => idOf(i))))
  for (const [name, mode] of [
    ['in', 'opt_in'],
    ['out', 'opt_out'],
  ] as const) {
    const query = matching(ids, {
      scopes: [TENANT_SCOPE, workspaceScope(1)],
      topic: { workspace: 1, name },
      consent: true,
      now: NOW,
    })
    const hits = query.decode(await database.sql(query.sql, query.args))
    const found = everybody.map((_, i) => {
      const hit = hits.find(({ index }) => index === i)
      return hit && { reason: lackOf(hit.reason), since: hit.at }
    })
    expect(found).toEqual(everybody.map(row => lackOfConsent(mode, row, NOW)))
    expect(found.filter(lack => lack === undefined).length).toBe(mode === 'opt_in' ? 8 : 17)
  }
})

describe('a recorded consent', () => {
  const consent = (until: number | null, basis = 1) => ({
    topic: 1,
    addressId: idOf('ada'),
    at: 5,
    until,
    basis,
    givenAt: 4,
  })
  const stands = (database: TestDatabase) => database.sql('SELECT state, until, basis FROM subscription')

  test.for<[what: string, first: number | null, second: number | null, left: number | null]>([
    ['a longer one', 100, 200, 200],
    ['an endless one', 100, null, null],
    ['a shorter one not', 200, 100, 200],
    ['one with a term not, where it is endless', null, 100, null],
    ['the same not', 100, 100, 100],
  ])('is followed by %s', async ([, first, second, left], { database }) => {
    await topics(database)
    await apply(database, grant(consent(first), eventOf({ type: 'consent.granted' })))
    const applied = await apply(database, grant(consent(second), eventOf({ type: 'consent.granted' })))
    expect(await stands(database)).toEqual([[SUBSCRIPTION_STATES.confirmed, left, 1]])
    expect(applied).toEqual(left === first ? [0, 0] : [1, 1])
  })

  test('never follows an end by the recipient', async ({ database }) => {
    await topics(database)
    await apply(database, grant(consent(null), eventOf({ type: 'consent.granted' })))
    await database.sql('UPDATE subscription SET state = ?', [SUBSCRIPTION_STATES.ended])
    expect(await apply(database, grant(consent(null), eventOf({ type: 'consent.granted' })))).toEqual([0, 0])
  })
})

test('a sign-up whose act is sent again after a lost answer is kept once', async ({ database }) => {
  await topics(database)
  const row = {
    ref: new Uint8Array(11).fill(1),
    addressId: idOf('ada'),
    tenant: 1,
    workspace: 1,
    topics: [1, 2],
    basis: 1,
    notice: 'privacy',
    noticeVersion: '1',
    sourceHost: 'north.example',
    locale: 'en',
    state: 1,
    requestedAt: NOW,
    closedAt: null,
    mailDueAt: NOW,
    mailAttempts: 0,
    givenToSender: 0,
    returnUrl: null,
    form: null,
  }
  const act = request(
    row,
    { workspace: 10, forms: 10, form: 10 },
    eventOf({ type: 'consent.requested', at: NOW }),
  )
  expect(await apply(database, act)).toEqual([1, 1, 2, 1])
  const before = await database.dump()
  expect((await apply(database, act)).slice(0, 2)).toEqual([0, 0])
  expect(await database.dump()).toEqual(before)
})
