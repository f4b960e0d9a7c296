import { describe, expect } from 'vitest'
import { createKey } from '../../db/provision-key.ts'
import { PERMISSIONS } from '../../worker/access/api-key.ts'
import { test, type World } from '../support/world.ts'

interface Key {
  id: string
  key: string
  permissions: string[]
  expiresAt?: string
}

const PATH = '/v1/api-keys'
const IP = { 'cf-connecting-ip': '192.0.2.7' }
const check = async (world: World, key: string, headers: Record<string, string> = {}) =>
  (await world.call('/v1/check', { addresses: [] }, { key, headers })).status
/** Lets so much time pass for every key that ends. */
const pass = (world: World, ms: number) => world.update('api_key', 'expires_at = expires_at - ?', [ms])
const keysIn = (world: World) => world.sql('SELECT count(*) FROM api_key')

async function made(world: World, input: object = {}, key = world.apiKey): Promise<Key> {
  const answer = await world.call(PATH, { permissions: ['addresses:check'], ...input }, { key })
  const text = await answer.text()
  expect(answer.status, text).toBe(201)
  return JSON.parse(text)
}

const listed = async (world: World): Promise<Record<string, unknown>[]> =>
  (
    (await (await world.fetch(PATH, { headers: { authorization: `Bearer ${world.apiKey}` } })).json()) as {
      keys: []
    }
  ).keys

describe('a key that a workspace makes for itself', () => {
  test('opens what it names from the next call on, is shown once, and stands in the ledger', async ({
    world,
  }) => {
    const { id, key } = await made(world, { name: 'Shop' })
    expect(key).toMatch(/^floe_[\w-]{71}$/)
    expect(await check(world, key)).toBe(200)
    expect((await world.call('/v1/suppressions', { entries: [] }, { key })).status).toBe(403)
    const [newest] = await listed(world)
    expect(newest).toMatchObject({ id, name: 'Shop', permissions: ['addresses:check'] })
    expect(JSON.stringify(await listed(world))).not.toContain(key.slice(5))
    expect(
      await world.sql("SELECT subject FROM event WHERE type = 'api_key.created' AND actor LIKE 'key_%'"),
    ).toEqual([[id]])
  })

  test('ends when its time has come', async ({ world }) => {
    const { key } = await made(world, { expiresAt: new Date(Date.now() + 3_600_000).toISOString() })
    expect(await check(world, key)).toBe(200)
    await pass(world, 3_600_001)
    expect(await check(world, key)).toBe(401)
  })

  test('may be bound to networks, and is refused from anywhere else', async ({ world }) => {
    const { key } = await made(world, { allowedIps: ['192.0.2.0/24', '2001:db8::1'] })
    expect(await check(world, key, IP)).toBe(200)
    expect(await check(world, key, { 'cf-connecting-ip': '2001:db8::1' })).toBe(200)
    expect(await check(world, key, { 'cf-connecting-ip': '198.51.100.1' })).toBe(403)
    expect(await check(world, key)).toBe(403)
    expect(await check(world, key, { 'x-forwarded-for': '192.0.2.7' })).toBe(403)
  })

  test('may do nothing that the key which makes it may not', async ({ world }) => {
    const { text } = await createKey(world.endpoint, world.keyring, world.path, [
      'api_keys:write',
      'addresses:check',
    ])
    await made(world, { permissions: ['addresses:check'] }, text)
    const before = await keysIn(world)
    for (const permission of PERMISSIONS.filter(
      one => !['api_keys:write', 'addresses:check'].includes(one),
    )) {
      const answer = await world.call(PATH, { permissions: [permission] }, { key: text })
      expect(answer.status, permission).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'key.forbidden', permission })
    }
    expect(await keysIn(world)).toEqual(before)
  })

  test('is one of a hundred at the most', async ({ world }) => {
    await world.sql(
      `INSERT INTO api_key (id, workspace, secret_hash, permissions, created_at)
        SELECT randomblob(8), ?, randomblob(32), '[]', i FROM number WHERE i BETWEEN 1 AND 99`,
      [world.workspace],
    )
    const answer = await world.call(PATH, { permissions: ['addresses:check'] })
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: 'key.too_many', most: 100 })
  })
})

describe('a key that is rotated', () => {
  test('goes on for as long as is said, beside a new one that may do the same', async ({ world }) => {
    const old = await made(world, { name: 'Shop', allowedIps: ['192.0.2.0/24'] })
    const answer = await world.call(`${PATH}/${old.id}/rotate`, { overlapSeconds: 60 })
    expect(answer.status).toBe(201)
    const next = (await answer.json()) as Key & { replaces: string; oldExpiresAt: string }
    expect(next).toMatchObject({
      name: 'Shop',
      permissions: old.permissions,
      allowedIps: ['192.0.2.0/24'],
      replaces: old.id,
    })
    expect([await check(world, old.key, IP), await check(world, next.key, IP)]).toEqual([200, 200])
    await pass(world, 60_001)
    expect(await check(world, old.key, IP)).toBe(401)
    expect(await check(world, next.key, IP)).toBe(200)
    const events = await world.sql(
      "SELECT type, subject FROM event WHERE type LIKE 'api_key.%' ORDER BY seq DESC LIMIT 2",
    )
    expect(events).toEqual([
      ['api_key.rotated', old.id],
      ['api_key.created', next.id],
    ])
  })

  test('without an overlap ends at once, and never later than it would have', async ({ world }) => {
    const old = await made(world)
    await world.call(`${PATH}/${old.id}/rotate`, { overlapSeconds: 0 })
    expect(await check(world, old.key)).toBe(401)
    const soon = new Date(Date.now() + 60_000).toISOString()
    const ending = await made(world, { expiresAt: soon })
    const answer = await world.call(`${PATH}/${ending.id}/rotate`, {})
    expect(await answer.json()).toMatchObject({ oldExpiresAt: soon })
  })
})

test('a key that is revoked is refused from the next call on, its own revoker included', async ({
  world,
}) => {
  const { id, key } = await made(world, { permissions: ['addresses:check', 'api_keys:write'] })
  expect((await world.call(`${PATH}/${id}`, undefined, { method: 'DELETE', key })).status).toBe(200)
  expect(await check(world, key)).toBe(401)
  expect(await world.sql("SELECT actor FROM event WHERE type = 'api_key.revoked'")).toEqual([[id]])
  expect((await world.call(`${PATH}/${id}`, undefined, { method: 'DELETE' })).status).toBe(404)
})

describe.for([
  ['another tenant', 'otherApiKey'],
  ['another workspace of the tenant', 'siblingApiKey'],
] as const)('a key of %s', ([, whose]) => {
  test('is as if it did not exist', async ({ world }) => {
    const { id, key: own } = await made(world)
    const key = world[whose]
    for (const [path, method] of [
      [`${PATH}/${id}`, 'DELETE'],
      [`${PATH}/${id}/rotate`, 'POST'],
    ] as const) {
      const theirs = await world.call(path, {}, { method, key })
      const nobodys = await world.call(path.replace(id, 'key_AAAAAAAAAAA'), {}, { method, key })
      expect([theirs.status, await theirs.json()]).toEqual([nobodys.status, await nobodys.json()])
      expect(theirs.status).toBe(404)
    }
    const list = await world.fetch(PATH, { headers: { authorization: `Bearer ${key}` } })
    expect(await list.text()).not.toContain(id)
    expect(await check(world, own)).toBe(200)
  })
})

test.for<[why: string, input: object, field: string]>([
  ['no permissions', { permissions: [] }, 'permissions'],
  ['a permission there is not', { permissions: ['everything'] }, 'permissions[0]'],
  ['an end that is past', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ['an end that is no time', { expiresAt: 'tomorrow' }, 'expiresAt'],
  ['a range that is none', { allowedIps: ['192.0.2.0/33'] }, 'allowedIps[0]'],
  ['a host instead of an address', { allowedIps: ['example.com'] }, 'allowedIps[0]'],
  ['no range at all', { allowedIps: [] }, 'allowedIps'],
  ['an empty name', { name: '' }, 'name'],
  ['a name with a line break', { name: 'a\nb' }, 'name'],
  ['a name that reads backwards', { name: 'a\u202eb' }, 'name'],
  ['a name of 64 characters', { name: 'a'.repeat(64) }, 'name'],
])('a key with %s is refused, and none is made', async ([, input, field], { sharedWorld: world }) => {
  const before = await keysIn(world)
  const answer = await world.call(PATH, { permissions: ['addresses:check'], ...input })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ field }] })
  expect(await keysIn(world)).toEqual(before)
})
