import { createHash } from 'node:crypto'
import { describe, expect } from 'vitest'
import { BATCH_MAX } from '../../core/address.ts'
import { answered, test, type World } from '../support/world.ts'

const hash = (address: string) => createHash('sha256').update(address).digest('hex')
const suppress = (world: World, ...entries: object[]) => world.call('/v1/suppressions', { entries })

describe('POST /v1/check', () => {
  test('a recipient who unsubscribed is denied at the very next check', async ({ world }) => {
    const { unsubscribeUrl } = await world.links('ada@example.com')
    expect(await world.check('ada@example.com')).toEqual({ address: 'ada@example.com', decision: 'allow' })

    expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)

    const denied = await world.check('ada@example.com')
    expect(denied).toEqual({
      address: 'ada@example.com',
      decision: 'deny',
      reason: 'unsubscribed',
      scope: 'topic',
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    })
  })

  test('leaving one topic leaves the others', async ({ world }) => {
    const { unsubscribeUrl } = await world.links('ada@example.com', 'news')
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    expect(await world.check('ada@example.com', { topic: 'offers' })).toMatchObject({ decision: 'allow' })
  })

  test('no check answers that mail may go to a recipient who has just left, whatever it leaves out or calls the mail', async ({
    world,
  }) => {
    const address = 'ada@example.com'
    const { unsubscribeUrl } = await world.links(address)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    await world.writesNothing(async () => {
      for (const purpose of [undefined, 'marketing', 'transactional'])
        for (const topic of [undefined, 'news'])
          for (const freshness of ['latest', 'nearby']) {
            const asked = { ...(topic && { topic }), ...(purpose && { purpose }), freshness }
            const answer = await world.call('/v1/check', { ...asked, addresses: [address] })
            // What is owed is about no topic, and about none that can be left.
            if (purpose === 'transactional' && topic === undefined) continue
            const { results, errors } = (await answer.json()) as {
              results?: { decision: string }[]
              errors?: { field: string }[]
            }
            const said = results?.[0]?.decision ?? errors?.map(({ field }) => field)
            const right = topic === undefined ? ['topic'] : purpose === 'transactional' ? ['purpose'] : 'deny'
            expect(said, JSON.stringify(asked)).toEqual(right)
          }
    })
  })

  test('mail that is owed may be asked about without a topic, and for a topic of its kind', async ({
    world,
  }) => {
    for (const more of [{}, { topic: 'receipts' }])
      expect(await world.check('ada@example.com', { ...more, purpose: 'transactional' })).toEqual({
        address: 'ada@example.com',
        decision: 'allow',
      })
  })

  test('answers stand in the order asked, duplicates kept, and what is no address is denied', async ({
    world,
  }) => {
    await suppress(world, { address: 'b@example.com', scope: 'workspace', reason: 'manual' })
    const addresses = [
      'c@example.com',
      'B@Example.com ',
      'not an address',
      'a@example.com',
      'b@example.com',
      '',
    ]
    const { results } = await answered(await world.call('/v1/check', { topic: 'news', addresses }))
    expect(results.map((r: { address: string }) => r.address)).toEqual(addresses)
    expect(results.map((r: { decision: string }) => r.decision)).toEqual([
      'allow',
      'deny',
      'deny',
      'allow',
      'deny',
      'deny',
    ])
    expect(results[2]).toEqual({ address: 'not an address', decision: 'deny', reason: 'invalid_address' })
  })

  test('a hash gets the same answer as its address, in either case of hex', async ({ world }) => {
    await suppress(world, { address: 'ada@example.com', scope: 'workspace', reason: 'bounced' })
    const lower = hash('ada@example.com')
    const asked = [lower, lower.toUpperCase(), hash('bob@example.com'), lower.slice(1), `${lower.slice(1)}g`]
    const { results } = await answered(await world.call('/v1/check', { topic: 'news', sha256: asked }))
    expect(results).toMatchObject([
      { sha256: asked[0], decision: 'deny', reason: 'bounced', scope: 'workspace' },
      { sha256: asked[1], decision: 'deny', reason: 'bounced' },
      { sha256: asked[2], decision: 'allow' },
      { sha256: asked[3], decision: 'deny', reason: 'invalid_address' },
      { sha256: asked[4], decision: 'deny', reason: 'invalid_address' },
    ])
  })

  test('transactional mail passes an unsubscribe and no bounce', async ({ world }) => {
    await suppress(
      world,
      { address: 'left@example.com', scope: 'workspace', reason: 'unsubscribed' },
      { address: 'dead@example.com', scope: 'workspace', reason: 'bounced' },
    )
    const addresses = ['left@example.com', 'dead@example.com']
    const { results } = await answered(
      await world.call('/v1/check', { topic: 'receipts', purpose: 'transactional', addresses }),
    )
    expect(results).toMatchObject([{ decision: 'allow' }, { decision: 'deny', reason: 'bounced' }])
  })

  test('of several scopes the widest answers, and within one the strongest reason', async ({ world }) => {
    const address = 'ada@example.com'
    await suppress(
      world,
      { address, scope: 'topic', topic: 'news', reason: 'complained' },
      { address, scope: 'workspace', reason: 'manual' },
      { address, scope: 'workspace', reason: 'unsubscribed' },
    )
    expect(await world.check(address)).toMatchObject({ scope: 'workspace', reason: 'unsubscribed' })
    await suppress(world, { address, scope: 'tenant', reason: 'imported' })
    expect(await world.check(address)).toMatchObject({ scope: 'tenant', reason: 'imported' })
  })

  test('a suppression that ends is in force until then and says when', async ({ world }) => {
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await suppress(world, { address: 'ada@example.com', scope: 'workspace', reason: 'manual', until })
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny', until })
    await world.update('suppression', 'until = ?', [Date.now() - 1])
    expect(await world.check('ada@example.com')).toEqual({ address: 'ada@example.com', decision: 'allow' })
  })

  test('ten thousand recipients are answered exactly, each at its place', async ({ world }) => {
    const addresses = Array.from({ length: BATCH_MAX }, (_, i) => `r${i}@example.com`)
    const entries = addresses
      .filter((_, i) => i % 7 === 3)
      .map(address => ({ address, scope: 'workspace', reason: 'manual' }))
    const { results: added } = await answered(await world.call('/v1/suppressions', { entries }))
    expect(new Set(added.map((r: { outcome: string }) => r.outcome))).toEqual(new Set(['added']))

    const { results } = await answered(await world.call('/v1/check', { topic: 'news', addresses }))
    const expected = addresses.map((address, i) => [address, i % 7 === 3 ? 'deny' : 'allow'])
    expect(results.map((r: { address: string; decision: string }) => [r.address, r.decision])).toEqual(
      expected,
    )
  })

  test('an empty batch is answered with an empty list', async ({ sharedWorld: world }) => {
    expect(await answered(await world.call('/v1/check', { topic: 'news', addresses: [] }))).toMatchObject({
      results: [],
    })
  })

  test('a check writes nothing about anybody', async ({ sharedWorld: world }) => {
    await world.writesNothing(() => world.check('somebody@example.com'))
  })
})
