import { describe, expect } from 'vitest'
import { HOUR_MS } from '../../core/clock.ts'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { createKey } from '../../ops/provision-key.ts'
import { request } from '../support/consent.ts'
import { sendList } from '../support/list.ts'
import { test as mailing, openData } from '../support/rights.ts'
import { answered, test, type World } from '../support/world.ts'

const GET = { method: 'GET', body: null } as const
const prove = (world: World, more: object = {}) => world.call('/v1/consents/prove', { address: ADA, ...more })

/** What the ledger tells of reads, oldest first. */
async function toldOf(world: World): Promise<{ what: string; actor: string; count: number }[]> {
  const rows = await world.sql(
    `SELECT subject, actor, json_extract(data, '$.count'), address_id FROM event WHERE type = 'personal_data.read' ORDER BY seq`,
  )
  return rows.map(([what, actor, count, addressId]) => {
    expect(addressId).toBeNull()
    return { what: String(what), actor: String(actor), count: Number(count) }
  })
}
const untold = async (world: World) =>
  Number((await world.sql('SELECT total(untold) FROM personal_data_read'))[0]![0])
const hourGoesBy = (world: World) => world.update('personal_data_read', 'told_at = told_at - ?', [HOUR_MS])

const suppressed = (world: World) =>
  world.call('/v1/suppressions', { entries: [{ address: ADA, scope: 'workspace', reason: 'manual' }] })

/** Makes a key as an operator does, with any permissions. */
const keyWith = (world: World, permissions: Parameters<typeof createKey>[3]) =>
  createKey(world.endpoint, world.keyring, world.path, permissions)
const evidence = (world: World, key: string) => world.call('/v1/events?evidence=true', null, { ...GET, key })

const reads: [what: string, read: (world: World) => Promise<Response>][] = [
  ['proof', world => prove(world)],
  ['export', world => world.call('/v1/suppressions/export?format=csv', null, GET)],
  ['list', world => world.call('/v1/suppressions', null, GET)],
  ['find', world => world.call('/v1/suppressions/find', { address: ADA })],
  ['match', world => sendList(world, 'match', `email\n${ADA}\n`)],
]

describe('a read of personal data or of a whole list leaves a trace that names the key', () => {
  test.for(reads)('%s', async ([what, read], { world }) => {
    await suppressed(world)
    const answer = await read(world)
    expect(answer.status).toBe(200)
    await answer.text()
    const [key] = await world.sql(`SELECT actor FROM event WHERE type = 'suppression.added'`)
    expect(await toldOf(world)).toEqual([{ what, actor: key![0], count: 1 }])
    expect(
      JSON.stringify(await world.sql(`SELECT * FROM event WHERE type = 'personal_data.read'`)),
    ).not.toContain('@')
  })

  test('evidence', async ({ world }) => {
    const { text, name } = await keyWith(world, ['events:read', 'evidence:read'])
    await evidence(world, text)
    expect(await toldOf(world)).toEqual([])
    await request(world, 'bob@example.com')
    for (let i = 0; i < 2; i++) await evidence(world, text)
    expect(await toldOf(world)).toEqual([{ what: 'evidence', actor: name, count: 1 }])
    expect(await untold(world)).toBe(1)
  })

  mailing('rights_request, while it says whom it is about', async ({ mailing: { world, ...rest } }) => {
    const data = await openData({ world, ...rest }, ADA)
    await data.send('/request', { right: 'rectification', message: 'My name is spelt wrong.' })
    const { requests } = await answered(await world.call('/v1/rights-requests?state=open', null, GET))
    await world.call(`/v1/rights-requests/${requests[0].id}`, null, GET)
    expect(await toldOf(world)).toMatchObject([{ what: 'rights_request', count: 1 }])
    expect(await untold(world)).toBe(1)
    await world.call(`/v1/rights-requests/${requests[0].id}/close`, { outcome: 'fulfilled' })
    await world.call('/v1/rights-requests', null, GET)
    expect(await untold(world)).toBe(1)
  })
})

const silent: [what: string, read: (world: World) => Promise<Response>][] = [
  ['a check', world => world.call('/v1/check', { topic: 'news', addresses: [ADA] })],
  ['links', world => world.call('/v1/links', { topic: 'news', recipients: [ADA] })],
  ['address ids', world => world.call('/v1/address-ids', { addresses: [ADA] })],
  ['the ledger without evidence', world => world.call('/v1/events', null, GET)],
  ['evidence that the key may not read', world => world.call('/v1/events?evidence=true', null, GET)],
  ['an empty list', world => world.call('/v1/suppressions', null, GET)],
  ['no rights requests', world => world.call('/v1/rights-requests', null, GET)],
  ['topics', world => world.call('/v1/topics', null, GET)],
  ['statistics', world => world.call('/v1/stats', null, GET)],
  ['a proof of a topic that there is not', world => prove(world, { topic: 'none' })],
  ['a proof of nobody', world => prove(world, { address: 'nobody' })],
  [
    'an export of a topic that there is not',
    world => world.call('/v1/suppressions/export?topic=none', null, GET),
  ],
]

/** Holds that a call leaves no trace, told or counted. */
async function leavesNone<T>(world: World, call: () => Promise<T>): Promise<T> {
  const before = [await toldOf(world), await untold(world)]
  const answer = await world.writesNothing(call)
  expect([await toldOf(world), await untold(world)]).toEqual(before)
  return answer
}

test.for(silent)('%s leaves none', async ([, read], { sharedWorld: world }) => {
  await leavesNone(world, () => read(world))
})

test('a key without the permission reads nothing and leaves no trace', async ({ world }) => {
  const { text: key } = await keyWith(world, ['addresses:check'])
  const refused = await leavesNone(world, () => world.call('/v1/consents/prove', { address: ADA }, { key }))
  expect(refused.status).toBe(403)
})

describe('reads are counted exactly', () => {
  test('twenty proofs at once are one event, and one more within the hour tells of the rest', async ({
    world,
  }) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => prove(world)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(await toldOf(world)).toMatchObject([{ what: 'proof', count: 1 }])
    expect(await untold(world)).toBe(19)
    await leavesNone(world, () => world.runCron())
    await hourGoesBy(world)
    await Promise.all([world.runCron(), world.runCron(), world.runCron()])
    const told = await toldOf(world)
    expect(told).toMatchObject([{ count: 1 }, { what: 'proof', count: 19 }])
    expect(told[1]!.actor).toBe(told[0]!.actor)
    expect(await untold(world)).toBe(0)
  })

  test('none is lost while the clock tells of others', async ({ world }) => {
    await prove(world)
    for (let hour = 0; hour < 5; hour++) {
      await hourGoesBy(world)
      await Promise.all([...Array.from({ length: 5 }, () => prove(world)), world.runCron(), world.runCron()])
    }
    const told = (await toldOf(world)).reduce((sum, { count }) => sum + count, 0)
    expect(told + (await untold(world))).toBe(26)
  })

  test('those of a key that was revoked before the hour was over are told of as its own', async ({
    world,
  }) => {
    const { text: key, name } = await keyWith(world, ['consents:read'])
    for (let i = 0; i < 3; i++) await world.call('/v1/consents/prove', { address: ADA }, { key })
    await world.update('api_key', 'revoked_at = 1')
    await hourGoesBy(world)
    await world.runCron()
    expect(await toldOf(world)).toEqual([
      { what: 'proof', actor: name, count: 1 },
      { what: 'proof', actor: name, count: 2 },
    ])
  })

  test('each kind and each key has its own', async ({ world }) => {
    const { text: key } = await keyWith(world, ['consents:read', 'suppressions:read'])
    for (const with_ of [{}, { key }]) {
      await world.call('/v1/consents/prove', { address: ADA }, with_)
      await world.call('/v1/suppressions/find', { address: ADA }, with_)
      await world.call('/v1/suppressions/find', { address: ADA }, with_)
    }
    const told = await toldOf(world)
    expect(told.map(({ what }) => what)).toEqual(['proof', 'find', 'proof', 'find'])
    expect(new Set(told.map(({ actor }) => actor)).size).toBe(2)
    expect(await untold(world)).toBe(2)
  })

  test('a read in a later hour is told at once, and an hour without one leaves no count behind', async ({
    world,
  }) => {
    await prove(world)
    await hourGoesBy(world)
    await prove(world)
    expect(await toldOf(world)).toMatchObject([{ count: 1 }, { count: 1 }])
    await hourGoesBy(world)
    await world.runCron()
    expect(await world.sql('SELECT count(*) FROM personal_data_read')).toEqual([[0]])
    expect(await toldOf(world)).toHaveLength(2)
  })

  test('where others wait to be told, a read in a later hour waits with them', async ({ world }) => {
    await prove(world)
    await prove(world)
    await hourGoesBy(world)
    await prove(world)
    expect(await toldOf(world)).toHaveLength(1)
    await world.runCron()
    expect(await toldOf(world)).toMatchObject([{ count: 1 }, { count: 2 }])
  })
})
