import { describe, expect } from 'vitest'
import { openRelay } from '../conformance/relay.ts'
import { openFloe, test } from '../support/world.ts'

describe('one tenant with 400 calls at once', () => {
  test('makes no check of another tenant’s fail, and no page and no click of a recipient', async () => {
    const relay = await openRelay()
    const floe = await openFloe({ replicas: 1, bindings: { DATABASE_URL: relay.url } })
    const world = floe.next()
    relay.target = world.database.primaryUrl
    try {
      const { unsubscribeUrl } = await world.links('ada@example.com')
      const clicked = await world.links('eve@example.com', 'offers')
      const check = (key: string, topic: string) =>
        world.call('/v1/check', { topic, addresses: ['ada@example.com'] }, { key })
      expect((await check(world.otherApiKey, 'weekly')).status).toBe(200)
      // What the tenant asks now keeps its place until it is given up; whatever comes later would be answered.
      await relay.turn('takes requests and stays silent')
      const refused: Response[] = []
      const many = Array.from({ length: 400 }, async () => {
        const answer = await check(world.apiKey, 'news')
        if (answer.status === 503) refused.push(answer)
      })
      await expect.poll(() => refused.length, { interval: 10 }).toBeGreaterThan(200)
      await relay.turn('fair')
      const others = Array.from({ length: 12 }, () => check(world.otherApiKey, 'weekly'))
      const page = world.fetch(unsubscribeUrl)
      const click = world.fetch(clicked.unsubscribeUrl, { method: 'POST' })
      expect((await Promise.all(others)).map(({ status }) => status)).toEqual(Array(12).fill(200))
      expect((await page).status).toBe(200)
      expect((await click).status).toBe(200)
      expect(refused[0]!.headers.get('retry-after')).toBe('1')
      expect(await refused[0]!.json()).toMatchObject({ code: 'overloaded' })
      await Promise.all(many)
    } finally {
      await floe.close()
      await relay.close()
    }
  })
})

describe('answers that are kept for an Idempotency-Key', () => {
  test('are the newest 16 MiB of an API key; what is older is not run again either', async ({ world }) => {
    // No address, so that nothing is written: nine tenths of a call are what its answer repeats.
    const entries = Array.from({ length: 10_000 }, (_, i) => ({
      address: `${'x'.repeat(300)}${i}`,
      scope: 'workspace',
      reason: 'manual',
    }))
    const add = (name: string, given: object[] = entries) =>
      world.call('/v1/suppressions', { entries: given }, { headers: { 'idempotency-key': name } })
    const ada = [{ address: 'ada@example.com', scope: 'workspace', reason: 'manual' }]
    const small = await (await add('small', ada)).text()
    const [last, ...others] = ['e', 'd', 'c', 'b', 'a']
    for (const name of [...others].reverse()) expect((await add(name)).status).toBe(200)
    const whole = await (await add(last!)).text()
    expect(whole.length).toBeGreaterThan(3.4 * 2 ** 20)
    const replayed = await add(last!)
    expect([replayed.status, replayed.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
    expect(await replayed.text()).toBe(whole)
    const gone = await world.writesNothing(() => add('a'))
    expect(gone.status).toBe(409)
    expect(await gone.json()).toMatchObject({ code: 'idempotency.spent' })
    expect(await (await add('small', ada)).text()).toBe(small)
    expect((await add('a', ada)).status).toBe(422)
  })
})
