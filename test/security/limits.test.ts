import { describe, expect, test } from 'vitest'
import { openRelay } from '../conformance/relay.ts'
import { openFloe } from '../support/world.ts'

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
