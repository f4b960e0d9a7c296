import { describe, expect } from 'vitest'
import { request } from '../support/consent.ts'
import { openWorld, test, type World } from '../support/world.ts'
import { expectDone, send } from './client.ts'
import { openRelay } from './relay.ts'

const ADDRESS = 'ada@example.com'
const NOT_YET = 'Not unsubscribed yet: please try again in a moment.\n'

const cancelUrl = async (world: World) => (await request(world, ADDRESS)).confirmation.cancelUrl

describe('the header of a confirmation mail', () => {
  test('is clicked with any body or none, and denies', async ({ world }) => {
    const url = await cancelUrl(world)
    for (const body of ['List-Unsubscribe=One-Click', '', '{"a":1}', 'x'.repeat(100_000)]) {
      const answer = await send(world, url, { body, headers: { accept: '*/*' } })
      expectDone(answer)
      expect(answer.headers['access-control-allow-origin']).toBe('*')
      expect(answer.headers).not.toHaveProperty('set-cookie')
    }
    expect(await world.check(ADDRESS)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('answers in the same few bytes when its link is not ours or leads to nothing', async ({ world }) => {
    const url = await cancelUrl(world)
    const forged = url.replace(/\/c\/.{32}/, `/c/${'A'.repeat(32)}`)
    const refused = await world.writesNothing(() => send(world, forged))
    expect([refused.status, refused.text]).toEqual([
      404,
      'This is not an unsubscribe link of ours. Nothing was changed.\n',
    ])
    // A sign-up that is gone went with its recipient: there is nothing left to refuse.
    await world.remove('subscription_request')
    const gone = await world.writesNothing(() => send(world, url))
    expect([gone.status, gone.text]).toEqual([200, 'Unsubscribed.\n'])
    for (const { headers } of [refused, gone]) {
      expect(headers['content-type']).toBe('text/plain; charset=utf-8')
      expect(headers['access-control-allow-origin']).toBe('*')
    }
  })

  test('tells a browser in CORS mode that it may POST whatever it likes', async ({ world }) => {
    const url = await cancelUrl(world)
    const answer = await world.writesNothing(() =>
      send(world, url, { method: 'OPTIONS', headers: { origin: 'https://mail.example' } }),
    )
    expect(answer.status).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers': '*',
    })
  })

  test('is told to come back when the database is away, says nothing of done, and works then', async () => {
    const relay = await openRelay()
    const world = await openWorld({ bindings: { DATABASE_URL: relay.url } })
    relay.target = world.database.primaryUrl
    try {
      const url = await cancelUrl(world)
      for (const weather of ['takes requests and stays silent', 'refuses connections'] as const) {
        await relay.turn(weather)
        const answer = await send(world, url)
        expect([answer.status, answer.text]).toEqual([503, NOT_YET])
        expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/)
        expect(answer.headers['access-control-allow-origin']).toBe('*')
      }
      await relay.turn('fair')
      expectDone(await send(world, url))
      expect(await world.check(ADDRESS)).toMatchObject({ decision: 'deny' })
    } finally {
      await world.close()
      await relay.close()
    }
  })
})
