import { describe, expect } from 'vitest'
import { created, openReceiver, type Received, test } from '../support/receiver.ts'
import { answered, type World } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const feed = async (world: World, query = '') =>
  (
    await answered(
      await world.fetch(`/v1/events?limit=1000${query}`, {
        headers: { authorization: `Bearer ${world.apiKey}` },
      }),
    )
  ).events
/** Whom deliveries were about, by the names a test gave them. */
const namesOf = async (world: World, received: Received[], names: string[]) => {
  const addresses = names.map(name => `${name}@example.com`)
  const { results } = await answered(await world.call('/v1/address-ids', { addresses }))
  const ids: string[] = results.map(({ addressId }: { addressId: string }) => addressId)
  return received.map(({ event }) => names[ids.indexOf(event.data.addressId)])
}

describe('what happens is delivered', () => {
  test('in the order of the feed and as the feed has it, once', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress } = notifying
    await suppress('before')
    await endpoint()
    await suppress('ada', 'bob')
    await world.fetch((await world.links('eve@example.com')).unsubscribeUrl, { method: 'POST' })
    await world.runCron()
    await world.runCron()
    const expected = (await feed(world, '&types=suppression.*')).slice(1)
    expect(expected).toHaveLength(3)
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect(receiver.received.map(({ event }) => event.data).sort(byId)).toEqual([...expected].sort(byId))
  })

  test('as far as the endpoint wants to hear of it', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress } = notifying
    await endpoint({ types: ['suppression.lifted'] })
    await suppress('ada')
    const { suppressions } = await answered(
      await world.call('/v1/suppressions/find', { address: 'ada@example.com' }),
    )
    await world.call(`/v1/suppressions/${suppressions[0].id}`, null, { method: 'DELETE', body: null })
    await world.runCron()
    expect(receiver.received.map(({ event }) => event.type)).toEqual(['suppression.lifted'])
  })

  test('without an address, and with nothing but what the ledger holds', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress } = notifying
    await endpoint()
    await suppress('ada')
    await world.runCron()
    const { headers, body } = receiver.received[0]!
    expect(body).not.toMatch(/\bada\b|example\.com"|sealed|tenant/)
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8')
    expect(Object.keys(headers).filter(name => /auth|cookie|forwarded|connecting/.test(name))).toEqual([])
  })

  test('to this workspace’s endpoints only', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress } = notifying
    for (const key of [world.otherApiKey, world.siblingApiKey])
      await created(await world.call('/v1/webhook-endpoints', { url: receiver.url }, { key }))
    await suppress('ada')
    await world.runCron()
    expect(receiver.received).toEqual([])
    await endpoint()
    await suppress('bob')
    await world.runCron()
    expect(receiver.received).toHaveLength(1)
  })

  test('once, whoever else runs at the same time', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress } = notifying
    await endpoint()
    await suppress(...Array.from({ length: 12 }, (_, i) => `r${i}`))
    await Promise.all([world.runCron(), world.runCron(), world.runCron()])
    await world.runCron()
    const ids = receiver.received.map(({ event }) => event.id)
    expect([ids.length, new Set(ids).size]).toEqual([12, 12])
  })

  test('again where a run died with its work half done', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress, pass } = notifying
    await endpoint()
    await suppress('ada')
    // What a run leaves behind that took the endpoint in hand and was never heard of again.
    await world.update('webhook_endpoint', 'due_at = ?', [Date.now() + 3 * MINUTE])
    await world.runCron()
    expect(receiver.received).toEqual([])
    await pass(3 * MINUTE)
    await world.runCron()
    expect(receiver.received).toHaveLength(1)
  })
})

describe('a receiver that is down', () => {
  test('hears of everything when it is back, each recipient’s events in order, however long it was away', async ({
    notifying,
  }) => {
    const { world, receiver, endpoint, suppress, pass, standing } = notifying
    await endpoint()
    const names = Array.from({ length: 9 }, (_, i) => `r${i}`)
    const port = Number(new URL(receiver.url).port)
    await receiver.close()
    await suppress(...names)
    for (let i = 0; i < 4; i++) {
      await world.runCron()
      await pass(HOUR + 10 * MINUTE)
    }
    const { waiting, failures } = await standing()
    expect(waiting).toBe(9)
    expect(failures).toBeGreaterThanOrEqual(5)
    // Unsubscribed meanwhile, each of them: a second event behind the first.
    for (const name of names)
      await world.fetch((await world.links(`${name}@example.com`)).unsubscribeUrl, { method: 'POST' })

    const back = await openReceiver(port)
    await pass(4 * DAY)
    for (let i = 0; i < 3; i++) await world.runCron()
    const seen = new Map<string, string[]>()
    for (const { event } of back.received)
      seen.set(event.data.addressId, [...(seen.get(event.data.addressId) ?? []), event.data.data.reason])
    expect([...seen.values()]).toEqual(names.map(() => ['manual', 'unsubscribed']))
    expect(await standing()).toEqual({ state: 1, failures: 0, failing: false, waiting: 0, dead: 0 })
    await back.close()
  })

  test('is knocked at once, not once for every event that waits', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress, pass } = notifying
    await endpoint()
    receiver.answers(503)
    await suppress(...Array.from({ length: 30 }, (_, i) => `r${i}`))
    await world.runCron()
    expect(receiver.received.length).toBeLessThan(10)
    receiver.received.length = 0
    await world.runCron()
    expect(receiver.received).toHaveLength(0)
    await pass(10 * MINUTE)
    await world.runCron()
    expect(receiver.received).toHaveLength(1)
  })

  test('is left alone for as long as it asks', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress, pass } = notifying
    await endpoint()
    receiver.answers((_, answer) => answer.writeHead(429, { 'retry-after': '7200' }).end())
    await suppress('ada')
    await world.runCron()
    receiver.answers(204)
    await pass(HOUR)
    await world.runCron()
    expect(receiver.received).toHaveLength(1)
    await pass(HOUR)
    await world.runCron()
    expect(receiver.received).toHaveLength(2)
  })

  test('is disabled after five days, with notice; enabled again, it hears of everything', async ({
    notifying,
  }) => {
    const { world, receiver, endpoint, at, suppress, pass, standing } = notifying
    const { id } = await endpoint()
    receiver.answers(500)
    await suppress('ada')
    await world.runCron()
    await pass(5 * DAY)
    await world.runCron()
    expect(await standing()).toMatchObject({ state: 3, waiting: 1 })
    expect(await feed(world, '&types=webhook_endpoint.disabled')).toMatchObject([
      { actor: 'floe', subject: id, data: { reason: 'failing', endpoint: id } },
    ])
    receiver.answers(204)
    receiver.received.length = 0
    await suppress('bob')
    await pass(DAY)
    await world.runCron()
    expect(receiver.received).toHaveLength(0)
    await answered(await at(id, '', { state: 'enabled' }, { method: 'PATCH' }))
    await world.runCron()
    // Two recipients: in whichever order.
    expect((await namesOf(world, receiver.received, ['ada', 'bob'])).sort()).toEqual(['ada', 'bob'])
  })

  test('is disabled at once when it says that it is gone, and another endpoint can hear of that', async ({
    notifying,
  }) => {
    const { world, receiver, endpoint, suppress } = notifying
    const { id } = await endpoint()
    const other = await openReceiver()
    await endpoint({ url: other.url, types: ['webhook_endpoint.*'] })
    receiver.answers(410)
    await suppress('ada', 'bob')
    await world.runCron()
    expect(receiver.received.length).toBeLessThan(3)
    await world.runCron()
    expect(other.received.map(({ event }) => [event.type, event.subject, event.data.data.reason])).toEqual([
      ['webhook_endpoint.disabled', id, 'gone'],
    ])
    await other.close()
  })
})

describe('a receiver that refuses one event', () => {
  const refusing =
    (addressId: string) => (received: Received, answer: { writeHead(s: number): { end(): void } }) =>
      answer.writeHead(received.event.data.addressId === addressId ? 422 : 204).end()

  test('hears of everybody else at once, and of the same recipient in order later', async ({ notifying }) => {
    const { world, receiver, endpoint, suppress, pass } = notifying
    await endpoint()
    const { results } = await answered(
      await world.call('/v1/address-ids', { addresses: ['ada@example.com'] }),
    )
    receiver.answers(refusing(results[0].addressId))
    await suppress('ada', 'bob')
    await world.fetch((await world.links('ada@example.com')).unsubscribeUrl, { method: 'POST' })
    await suppress('eve')
    await world.runCron()
    expect((await namesOf(world, receiver.received, ['ada', 'bob', 'eve'])).sort()).toEqual([
      'ada',
      'bob',
      'eve',
    ])
    receiver.answers(204)
    receiver.received.length = 0
    await pass(2 * MINUTE)
    await world.runCron()
    expect(receiver.received.map(({ event }) => event.data.data.reason)).toEqual(['manual', 'unsubscribed'])
  })

  test('is asked ten times in three days; then the event is given up, kept, and can be sent again', async ({
    notifying,
  }) => {
    const { world, receiver, endpoint, at, suppress, pass, standing } = notifying
    const { id } = await endpoint()
    receiver.answers(422)
    await suppress('ada')
    for (let attempt = 1; attempt <= 10; attempt++) {
      await world.runCron()
      expect(receiver.received).toHaveLength(attempt)
      // Before its time it is not asked again.
      if (attempt % 5 === 1) await world.runCron()
      await pass(24 * HOUR)
      // A good word in between: the endpoint as a whole is in order.
      await world.update('webhook_endpoint', 'failing_since = NULL')
    }
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await standing()).toEqual({ state: 1, failures: 0, failing: false, waiting: 0, dead: 1 })
    const eventId = receiver.received[0]!.event.id
    expect(await feed(world, '&types=webhook_delivery.given_up')).toMatchObject([
      { subject: eventId, data: { code: 'http.422', endpoint: id } },
    ])
    const list = { method: 'GET', body: null }
    expect(await answered(await at(id, '/deliveries', {}, list))).toMatchObject({
      deliveries: [{ eventId, type: 'suppression.added', state: 'dead', attempts: 10, code: 'http.422' }],
    })
    receiver.answers(204)
    receiver.received.length = 0
    await answered(await at(id, '/replay', { dead: true }))
    await world.runCron()
    expect(receiver.received.map(({ event }) => event.id)).toEqual([eventId])
    expect((await standing()).dead).toBe(0)
  })
})

describe('a replay', () => {
  test('delivers everything again from a place in the feed, or from its beginning', async ({ notifying }) => {
    const { world, receiver, endpoint, at, suppress } = notifying
    await suppress('ada')
    const headers = { authorization: `Bearer ${world.apiKey}` }
    const { next } = await answered(await world.fetch('/v1/events', { headers }))
    const { id } = await endpoint()
    await suppress('bob', 'eve')
    await world.runCron()
    receiver.received.length = 0
    await answered(await at(id, '/replay', { after: next }))
    await world.runCron()
    const names = ['ada', 'bob', 'eve']
    expect((await namesOf(world, receiver.received, names)).sort()).toEqual(['bob', 'eve'])
    receiver.received.length = 0
    await answered(await at(id, '/replay', { after: null }))
    await world.runCron()
    const about = receiver.received.filter(({ event }) => event.type === 'suppression.added')
    expect((await namesOf(world, about, names)).sort()).toEqual(names)
  })

  test('takes no cursor of another tenant', async ({ notifying }) => {
    const { world, endpoint, at } = notifying
    const { id } = await endpoint()
    const headers = { authorization: `Bearer ${world.otherApiKey}` }
    const { next } = await answered(await world.fetch('/v1/events', { headers }))
    const refused = await world.writesNothing(() => at(id, '/replay', { after: next }))
    expect(refused.status).toBe(400)
  })
})
