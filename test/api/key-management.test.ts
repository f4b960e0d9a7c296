import { describe, expect } from 'vitest'
import { keyName, PERMISSIONS } from '../../core/api-key.ts'
import { createKey } from '../../ops/provision-key.ts'
import { answered, test, type World } from '../support/world.ts'

interface Key {
  id: string
  key: string
  permissions: string[]
  expiresAt?: string
  allowedIps?: string[]
  madeBy?: string
}

const PATH = '/v1/api-keys'
const IP = { 'cf-connecting-ip': '192.0.2.7' }
const check = async (world: World, key: string, headers: Record<string, string> = {}) =>
  (await world.call('/v1/check', { topic: 'news', addresses: [] }, { key, headers })).status
/** Lets so much time pass for every key that ends. */
const pass = (world: World, ms: number) => world.update('api_key', 'expires_at = expires_at - ?', [ms])
const keysIn = (world: World) => world.sql('SELECT count(*) FROM api_key')

async function made(world: World, input: object = {}, key = world.apiKey): Promise<Key> {
  const answer = await world.call(PATH, { permissions: ['addresses:check'], ...input }, { key })
  const text = await answer.text()
  expect(answer.status, text).toBe(201)
  return JSON.parse(text)
}

const page = async (world: World, query = ''): Promise<{ keys: Key[]; next?: string }> =>
  answered(await world.call(`${PATH}${query}`, undefined, { method: 'GET' }))
const listed = async (world: World): Promise<Key[]> => (await page(world)).keys
const [IN_AN_HOUR, LATER] = [1, 2].map(hours => new Date(Date.now() + hours * 3_600_000).toISOString()) as [
  string,
  string,
]

/** Gives a workspace so many more keys; `revokedAt`: null for such as count. */
const filled = (world: World, count: number, revokedAt: number | null = null) =>
  world.sql(
    `INSERT INTO api_key (id, workspace, secret_hash, permissions, created_at, revoked_at)
      SELECT randomblob(8), ?1, randomblob(32), '[]', i, ?3 FROM number WHERE i < ?2`,
    [world.workspace, count, revokedAt],
  )

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
    const { key } = await made(world, { expiresAt: IN_AN_HOUR })
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

  test('says which key made it; one that an operator made says none', async ({ world }) => {
    const maker = await made(world, { permissions: ['api_keys:write', 'addresses:check'] })
    const own = await made(world, {}, maker.key)
    expect(own.madeBy).toBe(maker.id)
    const keys = await listed(world)
    expect(keys.find(({ id }) => id === own.id)).toMatchObject({ madeBy: maker.id })
    expect(keys.at(-1)).not.toHaveProperty('madeBy')
  })
})

describe('a key that is bound makes keys that are bound as closely', () => {
  const makers = { permissions: ['api_keys:write', 'addresses:check'] }

  test('they end when it ends, and are used from its networks, where nothing else is said', async ({
    world,
  }) => {
    const bound = { expiresAt: IN_AN_HOUR, allowedIps: ['192.0.2.0/24', '2001:db8::/32'] }
    const maker = await made(world, { ...makers, ...bound })
    const answer = await world.call(
      PATH,
      { permissions: ['addresses:check'] },
      { key: maker.key, headers: IP },
    )
    const own = (await answer.json()) as Key
    expect(own).toMatchObject(bound)
    expect(await check(world, own.key)).toBe(403)
    expect(await check(world, own.key, IP)).toBe(200)
    await pass(world, 3_600_001)
    expect([await check(world, maker.key, IP), await check(world, own.key, IP)]).toEqual([401, 401])
  })

  test('they may be bound closer', async ({ world }) => {
    const maker = await made(world, { ...makers, expiresAt: LATER, allowedIps: ['192.0.2.0/24'] })
    const closer = { expiresAt: IN_AN_HOUR, allowedIps: ['192.0.2.7/32', '192.0.2.128/25'] }
    const input = { permissions: ['addresses:check'], ...closer }
    const answer = await world.call(PATH, input, { key: maker.key, headers: IP })
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject(closer)
  })

  test.for<[what: string, input: object, field: string]>([
    ['a later end', { expiresAt: LATER }, 'expiresAt'],
    ['a network beside its own', { allowedIps: ['192.0.2.7', '198.51.100.1'] }, 'allowedIps[1]'],
    ['a wider network', { allowedIps: ['192.0.0.0/16'] }, 'allowedIps[0]'],
    ['the whole internet', { allowedIps: ['0.0.0.0/0', '::/0'] }, 'allowedIps[0]'],
    ['the same, written as IPv6', { allowedIps: ['::ffff:0:0/96'] }, 'allowedIps[0]'],
  ])('%s is refused, by the name of its field, and none is made', async ([, input, field], { world }) => {
    const maker = await made(world, { ...makers, expiresAt: IN_AN_HOUR, allowedIps: ['192.0.2.0/24'] })
    const before = await keysIn(world)
    const wanted = { permissions: ['addresses:check'], ...input }
    const answer = await world.call(PATH, wanted, { key: maker.key, headers: IP })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'key.wider', field })
    expect(await keysIn(world)).toEqual(before)
  })
})

describe('a workspace has a hundred keys that count at the most', () => {
  const counted = (world: World) =>
    world.sql(
      'SELECT count(*) FROM api_key WHERE workspace = ? AND revoked_at IS NULL AND coalesce(expires_at, ?) > ?',
      [world.workspace, Number.MAX_SAFE_INTEGER, Date.now()],
    )

  test('and one more is refused', async ({ world }) => {
    await filled(world, 99)
    const answer = await world.call(PATH, { permissions: ['addresses:check'] })
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: 'key.too_many', most: 100 })
  })

  test('however many are asked for at once', async ({ world }) => {
    const ask = async (): Promise<number> => {
      const { status } = await world.call(PATH, { permissions: ['addresses:check'] })
      // A Worker that is asked for too much at once has asked the database for nothing.
      return status === 503 ? ask() : status
    }
    const statuses = await Promise.all(Array.from({ length: 130 }, ask))
    expect(statuses.filter(status => status === 201)).toHaveLength(99)
    expect(statuses.filter(status => status === 409)).toHaveLength(31)
    expect(await counted(world)).toEqual([[100]])
  })

  test('those that are being replaced included', async ({ world }) => {
    await filled(world, 97)
    const { id } = await made(world)
    const rotations = await Promise.all(
      Array.from({ length: 5 }, () => world.call(`${PATH}/${id}/rotate`, { overlapSeconds: 60 })),
    )
    expect(rotations.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409])
    expect(await counted(world)).toEqual([[100]])
    // What ends at once makes room for what takes its place.
    expect((await world.call(`${PATH}/${id}/rotate`, { overlapSeconds: 0 })).status).toBe(201)
    expect(await counted(world)).toEqual([[100]])
  })
})

test('a workspace makes two thousand keys a day at the most, by whatever call', async ({ world }) => {
  const { id, key } = await made(world)
  await filled(world, 1999, 1)
  await world.update('api_key', 'created_at = ?', [Date.now()], 'created_at < 2000')
  for (const [path, input] of [
    [PATH, { permissions: ['addresses:check'] }],
    [`${PATH}/${id}/rotate`, {}],
  ] as const) {
    const answer = await world.call(path, input)
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0], path).toEqual([429, true])
  }
  expect(await check(world, key)).toBe(200)
})

describe('the list of keys', () => {
  test('gives each key once, the newest first, page by page to the very first', async ({ world }) => {
    const first = await made(world, { name: 'first' })
    await filled(world, 250, 1)
    // Some were made within one millisecond.
    await world.update('api_key', 'created_at = created_at / 3', [], 'created_at < 250')
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { keys, next } = await page(world, `?limit=100${cursor}`)
      seen.push(...keys.map(({ id }) => id))
      if (next === undefined) break
      cursor = `&cursor=${next}`
    }
    const order = 'SELECT id FROM main.api_key WHERE workspace = ? ORDER BY created_at DESC, rowid DESC'
    const ids = (await world.sql(order, [world.workspace])).map(([id]) => keyName(id as Uint8Array))
    expect(seen).toEqual(ids)
    expect([seen.length, seen[0]]).toEqual([252, first.id])
  })

  test('takes no cursor of another workspace, and none that is made up', async ({ world }) => {
    const { next } = await page(world, '?limit=1')
    for (const [cursor, key] of [
      [next, world.otherApiKey],
      [next, world.siblingApiKey],
      ['AAAA', world.apiKey],
    ] as const) {
      const answer = await world.call(`${PATH}?cursor=${cursor}`, undefined, { method: 'GET', key })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ errors: [{ field: 'cursor' }] })
    }
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

describe('a key that replaces another is bound as that one was', () => {
  const all = { permissions: ['api_keys:write', 'addresses:check'] }
  const rotated = async (world: World, id: string, key: string, input: object = {}) => {
    const answer = await world.call(`${PATH}/${id}/rotate`, input, { key, headers: IP })
    return [answer.status, await answer.json()] as [number, Key]
  }

  test('it ends when that one was to end, whoever asks', async ({ world }) => {
    const bound = { expiresAt: IN_AN_HOUR, allowedIps: ['192.0.2.0/24'] }
    for (const asks of ['itself', 'another']) {
      const old = await made(world, { ...all, ...bound })
      const key = asks === 'itself' ? old.key : world.apiKey
      expect(await rotated(world, old.id, key, { overlapSeconds: 7200 }), asks).toMatchObject([201, bound])
    }
  })

  test('what a key makes ends with it, once it has an end because it is being replaced', async ({
    world,
  }) => {
    const old = await made(world, all)
    const [, next] = await rotated(world, old.id, world.apiKey, { overlapSeconds: 60 })
    expect(next).not.toHaveProperty('expiresAt')
    const [, again] = await rotated(world, old.id, old.key)
    const own = await made(world, {}, old.key)
    expect([again.expiresAt, own.expiresAt]).toEqual([expect.any(String), again.expiresAt])
    expect(Date.parse(own.expiresAt!)).toBeLessThanOrEqual(Date.now() + 60_000)
  })

  test.for<[what: string, limits: object, field: string]>([
    ['has no end', { allowedIps: ['192.0.2.0/24'] }, 'expiresAt'],
    ['ends later', { expiresAt: LATER, allowedIps: ['192.0.2.0/24'] }, 'expiresAt'],
    ['is used from everywhere', { expiresAt: IN_AN_HOUR }, 'allowedIps'],
    ['is used from elsewhere', { expiresAt: IN_AN_HOUR, allowedIps: ['::/0'] }, 'allowedIps[0]'],
  ])('a bound key does not get hold of the place of one that %s', async ([, limits, field], { world }) => {
    const end = { expiresAt: IN_AN_HOUR }
    const bound = await made(world, { ...all, ...end, allowedIps: ['192.0.2.0/24'] })
    const other = await made(world, { ...all, ...limits })
    const before = await keysIn(world)
    expect(await rotated(world, other.id, bound.key)).toMatchObject([403, { code: 'key.wider', field }])
    expect(await keysIn(world)).toEqual(before)
  })
})

test('a key neither replaces nor revokes one that may do what it may not', async ({ world }) => {
  const weak = await made(world, { permissions: ['api_keys:write'] })
  const strong = await made(world, { permissions: ['api_keys:write', 'links:mint'] })
  for (const [path, method] of [
    [`${PATH}/${strong.id}/rotate`, 'POST'],
    [`${PATH}/${strong.id}`, 'DELETE'],
  ] as const) {
    const body = method === 'POST' ? {} : undefined
    const answer = await world.call(path, body, { method, key: weak.key })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'key.forbidden', permission: 'links:mint' })
    expect((await world.call(path, body, { method, key: strong.key })).ok).toBe(true)
  }
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

describe('a key of another tenant', () => {
  test('is as if it did not exist', async ({ world }) => {
    const { id, key } = await made(world)
    for (const [path, method] of [
      [`${PATH}/${id}`, 'DELETE'],
      [`${PATH}/${id}/rotate`, 'POST'],
    ] as const) {
      const theirs = await world.call(path, {}, { method, key: world.otherApiKey })
      const nobodys = await world.call(
        path.replace(id, 'key_AAAAAAAAAAA'),
        {},
        { method, key: world.otherApiKey },
      )
      expect([theirs.status, await theirs.json()]).toEqual([nobodys.status, await nobodys.json()])
      expect(theirs.status).toBe(404)
    }
    expect(await check(world, key)).toBe(200)
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
