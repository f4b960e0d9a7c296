import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { test as base, type Floe, openFloe, type World } from '../support/world.ts'

const check = (world: World, addresses: number, key = world.apiKey, topic = 'news') =>
  world.call(
    '/v1/check',
    { topic, addresses: Array.from({ length: addresses }, (_, i) => `r${i}@example.com`) },
    { key },
  )
const left = (answer: Response) => Number(/;r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])

/** Runs what tells of one minute: again, with another tenant, where the next one has begun meanwhile. */
type WithinAMinute = (act: (world: World) => Promise<void>) => Promise<void>

/** A test with `twenty`, which runs its acts where a key has 20 units a minute. */
const test = base
  .extend<{ $file: { twentyFloe: Floe } }>({
    twentyFloe: [
      async ({}, use) => {
        const floe = await openFloe({ bindings: { SENDER_RATE_UNITS: '20' } })
        await use(floe)
        await floe.close()
      },
      { scope: 'file' },
    ],
  })
  .extend<{ twenty: WithinAMinute }>({
    twenty: ({ twentyFloe }, use) =>
      use(async act => {
        const minute = () => Math.floor(Date.now() / 60_000)
        for (;;) {
          const began = minute()
          const failed = await act(twentyFloe.next()).then(
            () => undefined,
            (error: Error) => error,
          )
          if (!failed) return
          if (minute() === began) throw failed
        }
      }),
  })

describe('the rate limit of a key', () => {
  test('stands in every answer, good or bad', async ({ sharedWorld: world }) => {
    const good = await check(world, 1)
    expect(good.headers.get('ratelimit-policy')).toBe('"key";q=60000;w=60')
    expect(good.headers.get('ratelimit')).toMatch(/^"key";r=\d+;t=\d+$/)
    const bad = await world.call('/v1/check', { nonsense: true })
    expect([bad.status, bad.headers.get('ratelimit')]).toEqual([
      400,
      expect.stringMatching(/^"key";r=\d+;t=\d+$/),
    ])
    const nobody = await world.call('/v1/check', {}, { key: null })
    expect([nobody.status, nobody.headers.get('ratelimit-policy'), nobody.headers.get('ratelimit')]).toEqual([
      401,
      '"key";q=60000;w=60',
      null,
    ])
  })

  test('is spent by the thousand: a large batch costs more than a single address', ({ twenty }) =>
    twenty(async world => {
      expect(left(await check(world, 1))).toBe(19)
      expect(left(await check(world, 1000))).toBe(18)
      expect(left(await check(world, 10_000))).toBe(8)
    }))

  test('is spent by the bytes as well, of what is sent and of what is made of it, before any of it is looked at', ({
    twenty,
  }) =>
    twenty(async world => {
      const raw = `From: a@b.example\r\n\r\n${'x'.repeat(200 * 1024)}`
      expect(left(await world.call('/v1/messages/lint', { raw }))).toBe(16)
      const recipients = Array.from({ length: 4 }, (_, i) => ({ address: `r${i}@example.com` }))
      const made = { topic: 'news', recipients, text: 'x'.repeat(60 * 1024) }
      expect(left(await world.call('/v1/messages/prepare', made))).toBe(12)
      expect(left(await world.call('/v1/check', { nonsense: 'x'.repeat(300 * 1024) }))).toBe(7)
      const refused = await world.call('/v1/check', { nonsense: 'x'.repeat(1024 * 1024) })
      expect(await refused.json()).toMatchObject({ code: 'rate.limited' })
    }))

  test.for(['import', 'match'])(
    'ends an %s that is larger than what is left, which says so in its last line',
    (call, { twenty }) =>
      twenty(async world => {
        const line = `,${'x'.repeat(1000)}\n`
        const lines = Array.from({ length: 1400 }, (_, i) => `r${i}@example.com${line}`)
        const answer = await world.fetch(`/v1/suppressions/${call}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${world.apiKey}`, 'content-type': 'text/csv' },
          body: `email${line}${lines.join('')}`,
        })
        const said = (await answer.text()).trim().split('\n')
        expect(JSON.parse(said.at(-1)!)).toMatchObject({ type: 'failed', code: 'rate.limited' })
      }),
  )

  test('refuses what is beyond it, says when to come back, and writes nothing', ({ twenty }) =>
    twenty(async world => {
      await check(world, 10_000)
      await check(world, 10_000)
      const entries = [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual' }]
      const refused = await world.writesNothing(() => world.call('/v1/suppressions', { entries }))
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(refused.headers.get('content-type')).toContain('application/problem+json')
      expect(await refused.json()).toMatchObject({ code: 'rate.limited', status: 429 })
    }))

  test("is each key's own, and no limit for recipients", ({ twenty }) =>
    twenty(async world => {
      const { unsubscribeUrl } = await world.links('ada@example.com')
      await check(world, 10_000)
      await check(world, 10_000)
      expect((await check(world, 1)).status).toBe(429)
      expect((await check(world, 1, world.siblingApiKey)).status).toBe(200)
      expect((await check(world, 1, world.otherApiKey, 'weekly')).status).toBe(200)
      for (let i = 0; i < 25; i++)
        expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
    }))

  test('is the same for one isolate and for all of them together', () => {
    const config = readFileSync('wrangler.toml', 'utf8')
    for (const whose of ['SENDER', 'PUBLIC']) {
      const [, units] = new RegExp(`${whose}_RATE_UNITS = "(\\d+)"`).exec(config)!
      const [, limit, period] = new RegExp(`name = "${whose}_RATE"[^[]*limit = (\\d+), period = (\\d+)`).exec(
        config,
      )!
      expect([limit, period]).toEqual([units, '60'])
    }
  })
})
