import { createHash } from 'node:crypto'
import { describe, expect } from 'vitest'
import { press, request } from '../support/consent.ts'
import { exported, linesIn } from '../support/list.ts'
import { answered, test, type World } from '../support/world.ts'

const hash = (address: string) => createHash('sha256').update(address).digest('hex')
const suppress = async (world: World, ...entries: object[]) =>
  (await answered(await world.call('/v1/suppressions', { entries }))).results
const get = (world: World, path: string, key = world.apiKey) =>
  world.fetch(path, { headers: { authorization: `Bearer ${key}` } })
const list = async (world: World, query = '', key = world.apiKey) =>
  answered(await get(world, `/v1/suppressions${query}`, key))
const lift = (world: World, id: string, key = world.apiKey) =>
  world.fetch(`/v1/suppressions/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${key}` } })
const workspace = (address: string, reason = 'manual') => ({ address, scope: 'workspace', reason })
const unsubscribe = async (world: World, address: string) =>
  world.fetch((await world.links(address)).unsubscribeUrl, { method: 'POST' })

describe('the list of suppressions', () => {
  test('shows the newest first, each with scope, reason, source and times, and no address', async ({
    world,
  }) => {
    await suppress(world, workspace('a@example.com'))
    const until = new Date(Date.now() + 86_400_000).toISOString()
    await suppress(world, { ...workspace('b@example.com', 'bounced'), until })
    await unsubscribe(world, 'c@example.com')
    const { suppressions, next } = await list(world)
    expect(suppressions).toEqual([
      {
        id: expect.any(String),
        scope: 'topic',
        topic: 'news',
        reason: 'unsubscribed',
        source: 'recipient',
        since: expect.any(String),
      },
      {
        id: expect.any(String),
        scope: 'workspace',
        reason: 'bounced',
        source: 'sender',
        since: expect.any(String),
        until,
      },
      {
        id: expect.any(String),
        scope: 'workspace',
        reason: 'manual',
        source: 'sender',
        since: expect.any(String),
      },
    ])
    expect(next).toBeUndefined()
  })

  test('has whoever left what they had confirmed, and the export has them as well', async ({ world }) => {
    await press(world, (await request(world, 'ada@example.com')).confirmation.confirmUrl)
    await unsubscribe(world, 'ada@example.com')
    const expected = { topic: 'news', reason: 'unsubscribed', source: 'recipient' }
    expect((await list(world)).suppressions).toMatchObject([expected])
    expect(linesIn(await exported(world, ''))).toMatchObject([expected])
  })

  test('is read page by page to its end, each once', async ({ world }) => {
    const addresses = Array.from({ length: 469 }, (_, i) => `r${i}@example.com`)
    await suppress(world, ...addresses.map(address => workspace(address)))
    const ids: string[] = []
    let query = '?limit=100'
    for (let pages = 0; query && pages < 20; pages++) {
      const { suppressions, next } = await list(world, query)
      ids.push(...suppressions.map(({ id }: { id: string }) => id))
      query = next ? `?limit=100&cursor=${next}` : ''
    }
    expect(query).toBe('')
    expect(new Set(ids).size).toBe(469)
    expect(ids).toHaveLength(469)
  })

  test('shows what was extended once, and what was lifted or has ended not at all', async ({ world }) => {
    const [soon, late] = [3_600_000, 86_400_000].map(ms => new Date(Date.now() + ms).toISOString())
    await suppress(world, { ...workspace('a@example.com'), until: soon })
    await suppress(world, { ...workspace('a@example.com'), until: late })
    const [lifted] = await suppress(world, workspace('b@example.com'))
    await lift(world, lifted.id)
    await suppress(world, { ...workspace('c@example.com'), until: soon })
    expect((await list(world)).suppressions).toHaveLength(2)
    await world.update('suppression', 'until = ?', [Date.now() - 1], `until = ${Date.parse(soon!)}`)
    expect((await list(world)).suppressions).toMatchObject([{ until: late }])
  })

  test('is narrowed by scope, topic, reason, source and time', async ({ world }) => {
    await suppress(world, workspace('a@example.com', 'bounced'), {
      address: 'b@example.com',
      scope: 'topic',
      topic: 'offers',
      reason: 'manual',
    })
    await unsubscribe(world, 'c@example.com')
    const count = async (query: string) => (await list(world, query)).suppressions.length
    expect(await count('?scope=workspace')).toBe(1)
    expect(await count('?scope=topic')).toBe(2)
    expect(await count('?topic=offers')).toBe(1)
    expect(await count('?reason=bounced')).toBe(1)
    expect(await count('?source=recipient')).toBe(1)
    expect(await count(`?since=${new Date(Date.now() + 3_600_000).toISOString()}`)).toBe(0)
    expect(await count(`?since=${new Date(Date.now() - 3_600_000).toISOString()}`)).toBe(3)
  })

  test("shows a tenant nothing of another's, and a workspace nothing of its sibling's but what reaches both", async ({
    world,
  }) => {
    await suppress(world, workspace('a@example.com'), {
      address: 'a@example.com',
      scope: 'tenant',
      reason: 'legal',
    })
    await unsubscribe(world, 'b@example.com')
    expect((await list(world, '', world.otherApiKey)).suppressions).toEqual([])
    expect((await list(world, '', world.siblingApiKey)).suppressions).toMatchObject([
      { scope: 'tenant', reason: 'legal' },
    ])
  })
})

describe('one suppression', () => {
  test('is found by its id and by its recipient, address or hash', async ({ world }) => {
    const [{ id }] = await suppress(world, workspace('ada@example.com'))
    const one = await answered(await get(world, `/v1/suppressions/${id}`))
    expect(one).toMatchObject({ id, scope: 'workspace', reason: 'manual', source: 'sender' })
    for (const input of [{ address: 'ADA@example.com' }, { sha256: hash('ada@example.com') }]) {
      expect(await answered(await world.call('/v1/suppressions/find', input))).toEqual({
        suppressions: [one],
      })
    }
  })

  test('that a sender made is lifted by it, with its ledger event, and the next check allows', async ({
    world,
  }) => {
    const [{ id }] = await suppress(world, workspace('ada@example.com'))
    expect(await answered(await lift(world, id))).toEqual({ id, outcome: 'lifted' })
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'allow' })
    const [[actor, subject]] = (await world.sql(
      "SELECT actor, subject FROM event WHERE type = 'suppression.lifted'",
    )) as [[string, string]]
    expect([actor.slice(0, 4), subject]).toEqual(['key_', id])
    expect((await lift(world, id)).status).toBe(404)
  })

  test("that is the recipient's word is lifted by the recipient alone, whoever wrote it down", async ({
    world,
  }) => {
    await unsubscribe(world, 'a@example.com')
    const entries = [workspace('b@example.com', 'complained'), workspace('c@example.com', 'objected')]
    await suppress(world, ...entries)
    const { suppressions } = await list(world)
    expect(suppressions).toHaveLength(3)
    for (const { id } of suppressions) {
      const refused = await world.writesNothing(() => lift(world, id))
      expect(refused.status).toBe(409)
      expect(await refused.json()).toMatchObject({
        code: 'suppression.recipient_made',
        liftedBy: 'recipient',
      })
    }
  })

  test('that the law demands is lifted by an operator alone', async ({ world }) => {
    const [{ id }] = await suppress(world, workspace('a@example.com', 'legal'))
    const refused = await world.writesNothing(() => lift(world, id))
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { code: 'suppression.legal', liftedBy: 'operator' },
    ])
  })

  test("becomes the recipient's once they say it too, and no sender lifts it then", async ({ world }) => {
    const entry = { address: 'ada@example.com', scope: 'topic', topic: 'news', reason: 'unsubscribed' }
    const [{ id }] = await suppress(world, entry)
    await unsubscribe(world, 'ada@example.com')
    expect((await lift(world, id)).status).toBe(409)
    // Nor does writing it down again make it the sender's.
    await suppress(world, entry)
    expect((await lift(world, id)).status).toBe(409)
  })

  test('is, to another tenant or workspace, the same as one that does not exist', async ({ world }) => {
    const [{ id }] = await suppress(world, workspace('ada@example.com'), {
      address: 'ada@example.com',
      scope: 'tenant',
      reason: 'manual',
    })
    const nobodys = `sup_${'A'.repeat(24)}`
    for (const act of [get, lift] as const) {
      const path = (name: string) => (act === get ? `/v1/suppressions/${name}` : name)
      for (const key of [world.siblingApiKey, world.otherApiKey]) {
        const theirs = await world.writesNothing(() => act(world, path(id), key))
        const none = await act(world, path(nobodys), key)
        expect([theirs.status, await theirs.json()]).toEqual([404, await none.json()])
      }
    }
  })
})

const bad: [string, string, number, object][] = [
  ['a cursor that is none', '?cursor=abc', 400, { errors: [{ field: 'cursor' }] }],
  ['a cursor of zeros', `?cursor=${'A'.repeat(48)}`, 400, { errors: [{ field: 'cursor' }] }],
  ['a limit of 0', '?limit=0', 400, { errors: [{ field: 'limit' }] }],
  ['a limit of 1001', '?limit=1001', 400, { errors: [{ field: 'limit' }] }],
  ['a limit that is no number', '?limit=ten', 400, { errors: [{ field: 'limit' }] }],
  ['an unknown filter', '?address=ada', 400, { errors: [{ field: 'address' }] }],
  ['a filter twice', '?reason=manual&reason=legal', 400, { errors: [{ field: 'reason' }] }],
  ['a reason that is none', '?reason=whim', 400, { errors: [{ field: 'reason' }] }],
  ['the platform', '?scope=platform', 400, { errors: [{ field: 'scope' }] }],
  ["another tenant's topic", '?topic=weekly', 404, { code: 'topic.not_found' }],
  ['a time without zone', '?since=2026-01-01', 400, { errors: [{ field: 'since' }] }],
]

test.for(bad)('a list by %s is refused', async ([, query, status, answer], { sharedWorld: world }) => {
  const refused = await get(world, `/v1/suppressions${query}`)
  expect(refused.status).toBe(status)
  expect(await refused.json()).toMatchObject(answer)
})

test("a cursor of another tenant's list is refused, and one of a sibling's leads through one's own alone", async ({
  world,
}) => {
  await suppress(world, workspace('a@example.com'), workspace('b@example.com'))
  const { next } = await list(world, '?limit=1')
  expect(next).toBeDefined()
  expect((await get(world, `/v1/suppressions?cursor=${next}`, world.otherApiKey)).status).toBe(400)
  expect(await list(world, `?cursor=${next}`, world.siblingApiKey)).toEqual({ suppressions: [] })
})

test('an id that is none names nothing', async ({ sharedWorld: world }) => {
  for (const id of ['x', 'sup_', 'sup_A', `sup_${'A'.repeat(25)}`, `sup_${'A'.repeat(24)}`]) {
    expect((await get(world, `/v1/suppressions/${id}`)).status, id).toBe(404)
    expect((await lift(world, id)).status, id).toBe(404)
  }
})
