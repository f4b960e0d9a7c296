import fc from 'fast-check'
import { expect } from 'vitest'
import { DEFAULT_PERMISSIONS, SENDER_PERMISSIONS } from '../../core/api-key.ts'
import { isWithin, networkOf } from '../../core/network.ts'
import { createKey, revokeKey } from '../../ops/provision-key.ts'
import { MAILGUN } from '../support/inbound.ts'
import { wideTest as test, type World } from '../support/world.ts'

/** A key whose text somebody has. */
interface Held {
  id: string
  key: string
}

const PATH = '/v1/api-keys'
const HOUR_MS = 3_600_000
/** Where everybody calls from. */
const IP = '192.0.2.7'
const NETWORK = '192.0.2.0/24'

/** What a thief may try next: with which of the keys they hold, upon which of those there are. */
const move = fc.record({
  does: fc.constantFrom('make', 'make', 'rotate', 'rotate', 'revoke'),
  with: fc.nat(20),
  upon: fc.nat(20),
  permissions: fc.constantFrom<readonly string[]>(
    SENDER_PERMISSIONS,
    ['api_keys:write', 'addresses:check'],
    ['addresses:check'],
  ),
  hours: fc.constantFrom(undefined, 0.1, 0.5, 1, 2, 1000),
  allowedIps: fc.constantFrom(
    undefined,
    [NETWORK],
    [IP],
    ['0.0.0.0/0'],
    [NETWORK, '::/0'],
    ['::ffff:192.0.2.0/112'],
  ),
  overlapSeconds: fc.constantFrom(undefined, 0, 60, 2_592_000),
  children: fc.constantFrom(undefined, 'end', 'keep'),
})
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never

/** Makes one move, and returns the key that it gave into the thief's hands, if it did. */
async function make(world: World, one: Move, held: Held[], all: string[]): Promise<Held | undefined> {
  const { key } = held[one.with % held.length]!
  const target = `${PATH}/${all[one.upon % all.length]}`
  const { permissions, hours, allowedIps, overlapSeconds, children } = one
  const headers = { 'cf-connecting-ip': IP }
  const expiresAt = hours && new Date(Date.now() + hours * HOUR_MS).toISOString()
  const answer = await {
    make: () => world.call(PATH, { permissions, expiresAt, allowedIps }, { key, headers }),
    rotate: () => world.call(`${target}/rotate`, { overlapSeconds, children }, { key, headers }),
    revoke: () =>
      world.call(`${target}${children ? `?children=${children}` : ''}`, undefined, {
        method: 'DELETE',
        key,
        headers,
      }),
  }[one.does as 'make']()
  const text = await answer.text()
  expect(answer.status, text).toBeLessThan(500)
  return answer.status === 201 ? JSON.parse(text) : undefined
}

/** Gives the tenant a key of an operator's, bound or not, and returns it. */
async function operatorsKey(world: World, bound: boolean): Promise<Held> {
  const { text, name } = await createKey(world.endpoint, world.keyring, world.path, SENDER_PERMISSIONS)
  if (bound)
    await world.update(
      'api_key',
      'expires_at = ?, allowed_ips = ?',
      [Date.now() + HOUR_MS, JSON.stringify([NETWORK])],
      'id = (SELECT max(id) FROM main.api_key WHERE rowid = (SELECT max(rowid) FROM main.api_key))',
    )
  return { id: name, key: text }
}

const works = async (world: World, { key }: Held): Promise<boolean> => {
  const headers = { 'cf-connecting-ip': IP }
  return (await world.call('/v1/check', { topic: 'news', addresses: [] }, { key, headers })).status === 200
}

/** Every key of the workspace as the list gives it, page by page. */
async function listed(world: World) {
  const keys: { id: string; expiresAt?: string; allowedIps?: string[]; revokedAt?: string }[] = []
  for (let cursor = ''; ; ) {
    const answer = await world.call(`${PATH}?limit=7${cursor}`, undefined, { method: 'GET' })
    const page = (await answer.json()) as { keys: typeof keys; next?: string }
    keys.push(...page.keys)
    if (page.next === undefined) return keys
    cursor = `&cursor=${page.next}`
  }
}

test('whatever a thief does with a stolen key, nothing of theirs outreaches or outlasts it, hides, or works once it is revoked or replaced', async ({
  world,
}) => {
  let [gained, replacements] = [0, 0]
  await fc.assert(
    fc.asyncProperty(
      fc.array(move, { minLength: 6, maxLength: 14 }),
      fc.boolean(),
      async (moves, replaced) => {
        const stolen = await operatorsKey(world, true)
        const end = Date.now() + HOUR_MS
        const others = [await operatorsKey(world, false), await operatorsKey(world, true)]
        const held = [stolen]
        for (const one of moves) {
          const all = [...held, ...others].map(({ id }) => id)
          const got = await make(world, one, held, all)
          if (got) held.push(got)
        }
        gained += held.length - 1
        const rows = new Map((await listed(world)).map(row => [row.id, row]))
        for (const { id } of held) {
          const row = rows.get(id)!
          expect(Date.parse(row.expiresAt!), id).toBeLessThanOrEqual(end)
          expect(
            row.allowedIps!.every(range => isWithin([NETWORK], networkOf(range)!)),
            id,
          ).toBe(true)
        }
        const owner = await operatorsKey(world, false)
        const replacing = { overlapSeconds: replaced ? 60 : 0 }
        const answer = await world.call(`${PATH}/${stolen.id}/rotate`, replacing, { key: owner.key })
        expect([201, 404]).toContain(answer.status)
        if (answer.status === 201) {
          if (replaced) await world.update('api_key', 'expires_at = expires_at - 60001')
          expect(await Promise.all(held.map(one => works(world, one)))).not.toContain(true)
          replacements++
        }
        // Whether a thief revoked it before, to be left with the rest, is the same.
        await revokeKey(world.endpoint, stolen.id).catch(error => {
          expect(error.message).toContain('revoked already')
        })
        expect(await Promise.all(held.map(one => works(world, one)))).not.toContain(true)
        await world.update('api_key', 'revoked_at = 1', [], 'revoked_at IS NULL AND expires_at > 0')
        for (const { id } of [owner, ...others]) await revokeKey(world.endpoint, id).catch(() => undefined)
      },
    ),
    { numRuns: 20, seed: 15 },
  )
  expect(gained).toBeGreaterThan(40)
  expect(replacements).toBeGreaterThan(5)
})

test('a key for sending, stolen, makes nothing that goes on without it and reads nobody’s history', async ({
  world,
}) => {
  const { text: key } = await createKey(world.endpoint, world.keyring, world.path, DEFAULT_PERMISSIONS)
  const get = { method: 'GET', body: null, key } as const
  const url = 'https://hooks.north.example/'
  const refused = {
    'POST /v1/api-keys': world.call(PATH, { permissions: ['addresses:check'] }, { key }),
    'GET /v1/api-keys': world.call(PATH, null, get),
    'POST /v1/webhook-endpoints': world.call('/v1/webhook-endpoints', { url }, { key }),
    'PUT /v1/inbound/postmark': world.call('/v1/inbound/postmark', {}, { method: 'PUT', key }),
    'POST /v1/inbound/message': world.call('/v1/inbound/message', null, { body: 'a: b', key }),
    'GET /v1/events': world.call('/v1/events', null, get),
    'GET /v1/suppressions': world.call('/v1/suppressions', null, get),
    'GET /v1/suppressions/export': world.call('/v1/suppressions/export', null, get),
    'POST /v1/suppressions/match': world.call('/v1/suppressions/match', null, {
      body: 'ada@example.com\n',
      headers: { 'content-type': 'text/csv' },
      key,
    }),
    'GET /v1/rights-requests': world.call('/v1/rights-requests', null, get),
    'POST /v1/consents/prove': world.call('/v1/consents/prove', { address: 'ada@example.com' }, { key }),
  }
  for (const [call, answer] of Object.entries(refused)) expect((await answer).status, call).toBe(403)
  const opened = {
    'POST /v1/check': world.call('/v1/check', { topic: 'news', addresses: ['ada@example.com'] }, { key }),
    'POST /v1/links': world.call('/v1/links', { topic: 'news', recipients: ['ada@example.com'] }, { key }),
    'POST /v1/suppressions': world.call('/v1/suppressions', { entries: [] }, { key }),
  }
  for (const [call, answer] of Object.entries(opened)) expect((await answer).status, call).toBe(200)
})

test('what a stolen key set up is found by its name in the ledger, after it was revoked too', async ({
  world,
}) => {
  const stolen = await operatorsKey(world, false)
  const { key } = stolen
  const url = 'https://hooks.north.example/'
  expect((await world.call('/v1/webhook-endpoints', { url }, { key })).status).toBe(201)
  const connect = await world.call('/v1/inbound/mailgun', MAILGUN.settings, { method: 'PUT', key })
  expect(connect.status).toBe(200)
  await revokeKey(world.endpoint, stolen.id)
  const answer = await world.call('/v1/events', null, { method: 'GET', body: null })
  const { events } = (await answer.json()) as { events: { actor: string; type: string }[] }
  const types = events.filter(({ actor }) => actor === stolen.id).map(({ type }) => type)
  expect(types).toEqual(['webhook_endpoint.created', 'inbound.connected'])
})
