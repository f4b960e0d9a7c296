import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { toHex } from '../../core/bytes.ts'
import { BASES } from '../../core/codes/basis.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { SOURCES } from '../../core/codes/source.ts'
import { SUBSCRIPTION_STATES } from '../../core/codes/subscription.ts'
import { type EventType, leafHash } from '../../core/event.ts'
import { HashMany } from '../../core/hash-many.ts'
import type { Statement, StatementResult, Value } from '../../core/write/statement.ts'
import { commitGroup } from '../../db/engine/commit.ts'
import { StatementRefused, wired } from '../../db/engine/hrana.ts'
import { REPEAT_MS, stopOutcome } from '../../db/suppression-choice.ts'
import { ROOT } from '../../local/folder.ts'
import { type Stop, stopAct } from '../../worker/suppression/statements.ts'
import { acting, idOf, openTestDatabase, type TestDatabase, test } from '../support/database.ts'
import { seeded } from '../support/seeded.ts'

const RECIPIENTS = ['ada', 'ben', 'cy'].map(idOf)
const MOVED = ['ada-moved', 'ada-again'].map(idOf)
const TOPICS = [1, 2, 3]

const RECIPIENT = { ...acting({ kind: 'recipient' }), hashMany: new HashMany() }

const stop = (more: Partial<Stop> = {}, by = RECIPIENT): Statement =>
  stopAct(by, {
    at: 1000,
    tenant: 1,
    workspace: 1,
    addressId: RECIPIENTS[0]!,
    scope: topicScope(1),
    reason: 'unsubscribed',
    until: null,
    via: 'one-click',
    ...more,
  })

/** Writes two workspaces with topics, and recipients with subscriptions in every state, one of whom has moved twice. */
async function settle(database: TestDatabase): Promise<void> {
  await database.sql("INSERT INTO tenant VALUES (1, 'north', 'North', 0)")
  for (const workspace of [1, 2])
    await database.sql(
      "INSERT INTO workspace (number, tenant, name, display_name, created_at) VALUES (?1, 1, 'w' || ?1, 'W', 0)",
      [workspace],
    )
  for (const topic of TOPICS)
    await database.sql("INSERT INTO topic VALUES (?1, ?2, 't' || ?1, 'T', '', 'marketing', 0, NULL, NULL)", [
      topic,
      topic === 3 ? 2 : 1,
    ])
  for (const [i, addressId] of RECIPIENTS.entries())
    for (const topic of TOPICS)
      await database.sql(
        'INSERT INTO subscription (topic, address_id, state, at, basis, given_at) VALUES (?, ?, ?, 1, ?, 1)',
        [topic, addressId, ((i + topic) % 4) + 1, BASES.express],
      )
  for (const addressId of MOVED)
    await database.sql('INSERT INTO succession (former_id, address_id, tenant, at) VALUES (?, ?, 1, 1)', [
      RECIPIENTS[0]!,
      addressId,
    ])
}

const committer = (database: TestDatabase) => {
  let index = 0
  return (statements: readonly Statement[]): Promise<StatementResult[]> =>
    commitGroup(database.endpoint, { index: ++index, term: 1, at: 1 }, statements.map(wired), 5000)
}

const written = async ({ sql }: TestDatabase) => ({
  events: await sql('SELECT * FROM event ORDER BY seq'),
  suppressions: await sql('SELECT * FROM suppression'),
  subscriptions: await sql('SELECT * FROM subscription'),
})

test('stops of one group are written as they are one by one, and each is told what it did', async () => {
  const [one, many] = await Promise.all([openTestDatabase(), openTestDatabase()])
  await Promise.all([settle(one), settle(many)])
  const [alone, together] = [committer(one), committer(many)]
  const next = seeded(29)
  const pick = <T>(list: readonly T[]): T => list[next(list.length)]!
  let at = 10 * REPEAT_MS
  for (let round = 0; round < 30; round++) {
    const stops = Array.from({ length: 1 + next(25) }, () => {
      // Clocks of different places: now and then one is behind, and some share a millisecond.
      at += pick([0, 0, 1, 5000, -3, REPEAT_MS / 2])
      const scope = pick([...TOPICS.map(topicScope), workspaceScope(1), workspaceScope(2), TENANT_SCOPE])
      return stop({
        at,
        addressId: pick(RECIPIENTS),
        scope,
        reason: pick(['unsubscribed', 'unsubscribed', 'paused', 'objected', 'restricted']),
        until: pick([null, null, at + 1, at + REPEAT_MS, at - 1]),
        via: pick(['one-click', 'page', 'preferences']),
        messageRef: pick(['', 'plain', '"],[\\', '\u0000ž', '😀\ud83d']),
      })
    })
    const single: StatementResult[] = []
    for (const each of stops) single.push(...(await alone([each])))
    const grouped = await together(stops)
    expect(grouped.map(stopOutcome), `round ${round}`).toEqual(single.map(stopOutcome))
    expect(await written(many), `round ${round}`).toEqual(await written(one))
  }
  const events = await one.sql(
    'SELECT id, at, tenant, workspace, type, actor, address_id, subject, data, leaf FROM event',
  )
  expect(new Set(events.map(row => row[4]))).toEqual(
    new Set(['suppression.added', 'suppression.repeated', 'consent.withdrawn']),
  )
  for (const event of events) expect(leafOf(event)).toBe(toHex(event[9] as Uint8Array))
  await Promise.all([one.close(), many.close()])
})

/** Returns the leaf that a stored event must have. */
const leafOf = ([id, at, tenant, workspace, type, actor, addressId, subject, data]: Value[]): string =>
  toHex(
    leafHash({
      id: id as Uint8Array,
      at: at as number,
      tenant: tenant as number,
      workspace: workspace as number,
      type: type as EventType,
      actor: actor as string,
      addressId: addressId as Uint8Array,
      subject: subject as string,
      data: JSON.parse(data as string),
    }),
  )

test('a stop says what it did, and who has replaced its recipient', async ({ database }) => {
  await settle(database)
  const commit = committer(database)
  const told = async (more: Partial<Stop>) => stopOutcome((await commit([stop(more)]))[0]!)
  const BEN = RECIPIENTS[1]!
  const successors = [...MOVED].sort((a, b) => (toHex(a) < toHex(b) ? -1 : 1))
  expect(await told({ at: 2000 })).toEqual({ changed: true, started: true, withdrew: true, successors })
  expect(await told({ at: 3000 })).toEqual({ changed: false, started: false, withdrew: false, successors })
  expect(await told({ at: 4000, addressId: BEN, reason: 'paused', until: 9000 })).toEqual({
    changed: true,
    started: true,
    withdrew: false,
    successors: [],
  })
  // It lasts longer, and began before.
  expect(await told({ at: 5000, addressId: BEN, reason: 'paused', until: 9999 })).toMatchObject({
    changed: true,
    started: false,
  })
})

test('a group with a stop that the database refuses is refused whole', async ({ database }) => {
  await settle(database)
  const before = await database.dump()
  const commit = committer(database)
  const bad = stop({ addressId: new Uint8Array(3) })
  await expect(commit([stop(), bad, stop({ addressId: RECIPIENTS[1]! })])).rejects.toThrow(StatementRefused)
  expect(await database.dump()).toEqual(before)
})

test('half a character in a stop is U+FFFD in the ledger, and everybody can read on', async ({
  database,
}) => {
  const halved = { ...acting({ kind: 'command', as: 'ada\ud83d' }), hashMany: new HashMany() }
  await committer(database)([stop({ messageRef: 'half \ud83d' }, halved)])
  expect(await database.sql("SELECT actor, data ->> 'messageRef' LIKE 'half %' FROM event")).toEqual([
    [expect.stringContaining('ada\ufffd'), 1],
  ])
})

test.for<[what: string, stop: Partial<Stop>]>([
  ['an end that is no number', { until: Number.NaN }],
  ['an end beyond all numbers', { until: Number.POSITIVE_INFINITY }],
  ['an end that no integer holds', { until: 2 ** 53 }],
  ['half a millisecond', { at: 1.5 }],
  ['no workspace', { scope: TENANT_SCOPE, workspace: Number.NaN }],
])('a stop with %s is refused before it is sent', ([, more]) => {
  expect(() => stop(more)).toThrow(StatementRefused)
})

test('the numbers in the trigger of a stop are those of the code', () => {
  const { pending, confirmed, ended } = SUBSCRIPTION_STATES
  const trigger = readFileSync(`${ROOT}/migrations/0029-a-stop-is-one-statement.sql`, 'utf8')
  expect(trigger.match(/source = \d+/g)).toEqual(Array(2).fill(`source = ${SOURCES.recipient}`))
  expect(trigger).toContain(`VALUES (NEW.address_id, NEW.scope, NEW.reason, ${SOURCES.recipient}, NEW.since`)
  expect(trigger).toContain(`state = ${ended}, at = NEW.at`)
  expect(trigger).toContain(`state IN (${pending}, ${confirmed})`)
})
