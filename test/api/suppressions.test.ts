import { createHash } from 'node:crypto'
import { describe, expect } from 'vitest'
import { answered, test, type World } from '../support/world.ts'

const address = 'ada@example.com'
const hash = createHash('sha256').update(address).digest('hex')
const suppress = async (world: World, ...entries: object[]) =>
  (await answered(await world.call('/v1/suppressions', { entries }))).results
const events = async (world: World) =>
  (await world.sql("SELECT data FROM event WHERE type LIKE 'suppression.%' ORDER BY seq")).map(([data]) =>
    JSON.parse(data as string),
  )
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

describe('POST /v1/suppressions', () => {
  test('each entry gets its outcome, its row and its ledger event with the key as actor', async ({
    world,
  }) => {
    const [added] = await suppress(world, { address, scope: 'topic', topic: 'news', reason: 'manual' })
    expect(added).toEqual({ address, outcome: 'added', id: expect.stringMatching(/^sup_[\w-]{24}$/) })
    expect(await world.check(address)).toMatchObject({ decision: 'deny', reason: 'manual', scope: 'topic' })
    const [[actor, subject]] = (await world.sql(
      "SELECT actor, subject FROM event WHERE type = 'suppression.added'",
    )) as [[string, string]]
    expect(actor).toMatch(/^key_/)
    expect(subject).toBe(added.id)
  })

  test('the same entry again changes and records nothing', async ({ world }) => {
    const entry = { address, scope: 'workspace', reason: 'bounced' }
    const [first] = await suppress(world, entry)
    const [again] = await world.writesNothing(() => suppress(world, entry))
    expect(again).toEqual({ ...first, outcome: 'unchanged' })
  })

  test('an entry twice in one call is one row and one event', async ({ world }) => {
    const results = await suppress(
      world,
      { address, scope: 'workspace', reason: 'manual', until: inDays(1) },
      { sha256: hash, scope: 'workspace', reason: 'manual' },
    )
    expect(results).toMatchObject([{ outcome: 'unchanged' }, { outcome: 'added' }])
    expect(await events(world)).toHaveLength(1)
    expect(await world.check(address)).not.toHaveProperty('until')
  })

  test('what ends is extended by what ends later, and never shortened', async ({ world }) => {
    const [soon, late] = [inDays(1), inDays(30)]
    const outcome = async (until?: string) => {
      const [result] = await suppress(world, {
        address,
        scope: 'workspace',
        reason: 'manual',
        ...(until && { until }),
      })
      return [result.outcome, (await world.check(address))['until']]
    }
    expect(await outcome(soon)).toEqual(['added', soon])
    expect(await outcome(late)).toEqual(['added', late])
    expect(await outcome(soon)).toEqual(['unchanged', late])
    expect(await outcome()).toEqual(['added', undefined])
    expect(await outcome(late)).toEqual(['unchanged', undefined])
  })

  test("a sender's entry never weakens what the recipient did", async ({ world }) => {
    const { unsubscribeUrl } = await world.links(address)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    await suppress(world, {
      address,
      scope: 'topic',
      topic: 'news',
      reason: 'unsubscribed',
      until: inDays(1),
    })
    expect(await world.check(address)).toEqual({
      address,
      decision: 'deny',
      reason: 'unsubscribed',
      scope: 'topic',
      since: expect.any(String),
    })
  })

  test('a bad entry is refused by itself, named, and its neighbours are added', async ({ world }) => {
    const results = await suppress(
      world,
      { address: 'no address', scope: 'workspace', reason: 'manual' },
      { sha256: 'abc', scope: 'workspace', reason: 'manual' },
      { address, scope: 'topic', topic: 'none', reason: 'manual' },
      { address, scope: 'workspace', reason: 'manual', until: '2001-01-01T00:00:00Z' },
      { address, scope: 'tenant', reason: 'legal' },
    )
    expect(results).toEqual([
      { address: 'no address', outcome: 'refused', error: 'invalid_address' },
      { sha256: 'abc', outcome: 'refused', error: 'invalid_address' },
      { address, outcome: 'refused', error: 'unknown_topic' },
      { address, outcome: 'refused', error: 'until_in_the_past' },
      { address, outcome: 'added', id: expect.any(String) },
    ])
    expect(await events(world)).toHaveLength(1)
  })

  test('the platform list takes a permission of its own', async ({ ownWorld: world }) => {
    const entry = { address, scope: 'platform', reason: 'legal' }
    const refused = await world.writesNothing(() => world.call('/v1/suppressions', { entries: [entry] }))
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({
      code: 'key.forbidden',
      permission: 'platform_suppressions:write',
    })
    await world.update(
      'api_key',
      "permissions = json_insert(permissions, '$[#]', 'platform_suppressions:write')",
    )
    expect(await suppress(world, entry)).toMatchObject([{ outcome: 'added' }])
    // It binds every tenant.
    const elsewhere = await world.call(
      '/v1/check',
      { topic: 'weekly', addresses: [address] },
      { key: world.otherApiKey },
    )
    expect((await answered(elsewhere)).results).toMatchObject([
      { decision: 'deny', reason: 'legal', scope: 'platform' },
    ])
  })
})
