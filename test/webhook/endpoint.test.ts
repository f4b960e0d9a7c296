import { Webhook } from 'standardwebhooks'
import { describe, expect } from 'vitest'
import { createKey } from '../../ops/provision-key.ts'
import { created, test } from '../support/receiver.ts'
import { answered, type World, test as worldTest } from '../support/world.ts'

const PATH = '/v1/webhook-endpoints'
const URL = 'https://hooks.example.com/floe'
const get = (world: World, path = '', key = world.apiKey) =>
  world.fetch(`${PATH}${path}`, { headers: { authorization: `Bearer ${key}` } })
const happened = async (world: World) =>
  (await world.sql("SELECT type, data FROM event WHERE type LIKE 'webhook%' ORDER BY seq")).map(
    ([type, data]) => [type, JSON.parse(String(data))],
  )

describe('an endpoint', () => {
  test('is created, shown, changed and deleted, each with its event, its secret shown once', async ({
    world,
  }) => {
    const { secret, ...made } = await created(
      await world.call(PATH, { url: `${URL}?key=hush`, types: ['suppression.*'], description: 'CRM' }),
    )
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(made).toMatchObject({ state: 'enabled', types: ['suppression.*'], description: 'CRM' })
    expect(await answered(await get(world))).toEqual({ endpoints: [made] })
    expect(await answered(await get(world, `/${made.id}`))).toEqual(made)

    const changed = { ...made, types: [], state: 'disabled' }
    const change = { types: [], state: 'disabled' }
    expect(await answered(await world.call(`${PATH}/${made.id}`, change, { method: 'PATCH' }))).toEqual(
      changed,
    )
    expect(await answered(await get(world, `/${made.id}`))).toEqual(changed)

    const deleted = await world.call(`${PATH}/${made.id}`, null, { method: 'DELETE', body: null })
    expect(await answered(deleted)).toEqual({ id: made.id, outcome: 'deleted' })
    expect((await get(world, `/${made.id}`)).status).toBe(404)
    const host = 'hooks.example.com'
    expect(await happened(world)).toEqual([
      ['webhook_endpoint.created', { host, types: 'suppression.*' }],
      ['webhook_endpoint.updated', { host, types: '', changed: 'types state', state: 'disabled' }],
      ['webhook_endpoint.deleted', { host }],
    ])
  })

  test('keeps its secret where no reader of the database reads it', async ({ notifying }) => {
    const { secret } = await notifying.endpoint()
    const [[kept]] = (await notifying.world.sql('SELECT secret FROM webhook_endpoint')) as [[Uint8Array]]
    const bytes = Buffer.from(kept)
    expect(bytes.includes('whsec_')).toBe(false)
    expect(bytes.includes(Buffer.from(secret.slice(6), 'base64'))).toBe(false)
  })

  test('is one however often its creation is repeated under one key', async ({ world }) => {
    const create = () => world.call(PATH, { url: URL }, { headers: { 'idempotency-key': 'setup-1' } })
    await created(await create())
    const again = await world.writesNothing(create)
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ code: 'idempotency.spent' })
  })

  test('described with half a character is created, and nobody’s unsubscribe waits behind it', async ({
    world,
  }) => {
    const { id } = await created(await world.call(PATH, { url: URL, description: 'CRM \ud83d' }))
    expect(await answered(await get(world, `/${id}`))).toMatchObject({ description: 'CRM \ufffd' })
    const { unsubscribeUrl } = await world.links('ada@example.com')
    expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
    expect(await world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'")).toEqual([[1]])
  })

  test('that is left as it is leaves no event', async ({ world }) => {
    const { id } = await created(await world.call(PATH, { url: URL }))
    await world.writesNothing(() =>
      world.call(`${PATH}/${id}`, { url: URL, state: 'enabled' }, { method: 'PATCH' }).then(answered),
    )
  })

  test('is one of at most twenty', async ({ world }) => {
    for (let i = 0; i < 20; i++) await created(await world.call(PATH, { url: `${URL}/${i}` }))
    const refused = await world.writesNothing(() => world.call(PATH, { url: URL }))
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ code: 'webhook_endpoint.limit', limit: 20 })
  })

  test('is nobody else’s', async ({ world }) => {
    const { id } = await created(await world.call(PATH, { url: URL }))
    await world.writesNothing(async () => {
      for (const key of [world.otherApiKey, world.siblingApiKey]) {
        expect(await answered(await get(world, '', key))).toEqual({ endpoints: [] })
        for (const answer of [
          await get(world, `/${id}`, key),
          await get(world, `/${id}/deliveries`, key),
          await world.call(`${PATH}/${id}`, { state: 'disabled' }, { method: 'PATCH', key }),
          await world.call(`${PATH}/${id}`, null, { method: 'DELETE', body: null, key }),
          await world.call(`${PATH}/${id}/rotate-secret`, {}, { key }),
          await world.call(`${PATH}/${id}/replay`, { after: null }, { key }),
          await world.call(`${PATH}/${id}/test`, {}, { key }),
        ]) {
          expect(answer.status).toBe(404)
          expect(await answer.json()).toMatchObject({ code: 'webhook_endpoint.not_found' })
        }
      }
    })
  })

  test('is looked at and changed only with the permission to', async ({ world }) => {
    const { id } = await created(await world.call(PATH, { url: URL }))
    const { endpoint, keyring, path } = world
    const { text: reads } = await createKey(endpoint, keyring, path, ['webhooks:read'])
    const { text: neither } = await createKey(endpoint, keyring, path, ['events:read'])
    expect((await get(world, `/${id}`, reads)).status).toBe(200)
    await world.writesNothing(async () => {
      const refusals = [
        await get(world, '', neither),
        await world.call(PATH, { url: URL }, { key: reads }),
        await world.call(`${PATH}/${id}/rotate-secret`, {}, { key: reads }),
        await world.call(`${PATH}/${id}/replay`, { dead: true }, { key: reads }),
        await world.call(`${PATH}/${id}/test`, {}, { key: reads }),
      ]
      expect(refusals.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    })
  })
})

describe('a secret that is rotated', () => {
  test('signs beside the new one for as long as its sender wants, and no longer', async ({ notifying }) => {
    const { world, receiver, endpoint, at, suppress, pass } = notifying
    const { id, secret: old } = await endpoint()
    const { secret: next } = await answered(await at(id, '/rotate-secret', { keepOldHours: 2 }))
    const verifies = (secret: string) => {
      const { headers, body } = receiver.received.at(-1)!
      try {
        return Boolean(new Webhook(secret).verify(body, headers))
      } catch {
        return false
      }
    }
    await suppress('ada')
    await world.runCron()
    expect([old, next].map(verifies)).toEqual([true, true])
    await pass(2 * 60 * 60 * 1000)
    await suppress('bob')
    await world.runCron()
    expect(receiver.received).toHaveLength(2)
    expect([old, next].map(verifies)).toEqual([false, true])
  })

  test('is dropped at once where it has leaked', async ({ notifying }) => {
    const { receiver, endpoint, at } = notifying
    const { id, secret: old } = await endpoint()
    const { secret: next } = await answered(await at(id, '/rotate-secret', { keepOldHours: 0 }))
    await answered(await at(id, '/test'))
    const { headers, body } = receiver.received[0]!
    expect(() => new Webhook(old).verify(body, headers)).toThrow()
    expect(() => new Webhook(next).verify(body, headers)).not.toThrow()
  })
})

type Row = [what: string, path: string, body: object, method: string, field: string]
const rows: Row[] = [
  ['no url', '', {}, 'POST', 'url'],
  ['a url that is none', '', { url: 'hooks' }, 'POST', 'url'],
  ['plain http', '', { url: 'http://hooks.example.com/' }, 'POST', 'url'],
  ['a private address', '', { url: 'https://10.0.0.1/' }, 'POST', 'url'],
  ['this machine, in decimal', '', { url: 'https://2130706433/' }, 'POST', 'url'],
  ['the metadata service', '', { url: 'https://[::ffff:a9fe:a9fe]/' }, 'POST', 'url'],
  ['Floe itself', '', { url: 'https://floe.example.com/x' }, 'POST', 'url'],
  ['a port that is no web server’s', '', { url: 'https://hooks.example.com:22/' }, 'POST', 'url'],
  ['an unknown kind of event', '', { url: URL, types: ['suppression.*', 'mail.sent'] }, 'POST', 'types[1]'],
  ['a long description', '', { url: URL, description: 'a'.repeat(201) }, 'POST', 'description'],
  ['an unknown field', '', { url: URL, secret: 'mine' }, 'POST', 'secret'],
  ['a change to a private address', '/ID', { url: 'https://192.168.0.1/' }, 'PATCH', 'url'],
  ['a change to a state that is none', '/ID', { state: 'gone' }, 'PATCH', 'state'],
  ['a change of its name', '/ID', { endpoint: 'whk_x' }, 'PATCH', 'endpoint'],
  [
    'a rotation with an old secret for ever',
    '/ID/rotate-secret',
    { keepOldHours: 1e6 },
    'POST',
    'keepOldHours',
  ],
  ['a replay of nothing', '/ID/replay', {}, 'POST', 'after'],
  ['a replay of two things', '/ID/replay', { after: null, dead: true }, 'POST', 'after'],
  ['a replay from a number', '/ID/replay', { after: '12' }, 'POST', 'after'],
  ['a list of deliveries of no state', '/ID/deliveries?state=lost', {}, 'GET', 'state'],
  ['a list from a cursor that is none', '/ID/deliveries?cursor=x', {}, 'GET', 'cursor'],
]

// In a Floe that delivers to the internet alone.
worldTest.for(rows)(
  '%s is refused by name',
  async ([, path, body, method, field], { sharedWorld: world }) => {
    const { id } = path.includes('ID') ? await created(await world.call(PATH, { url: URL })) : { id: '' }
    const answer = await world.writesNothing(() =>
      world.call(`${PATH}${path.replace('ID', id)}`, body, {
        method,
        ...(method === 'GET' && { body: null }),
      }),
    )
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      code: 'request.invalid',
      errors: expect.arrayContaining([{ field, message: expect.any(String) }]),
    })
  },
)
