import { describe, expect } from 'vitest'
import { readApiKey, SENDER_PERMISSIONS } from '../../core/api-key.ts'
import { createKey, revokeKey } from '../../ops/provision-key.ts'
import { answered, test, type World } from '../support/world.ts'

interface Key {
  id: string
  key: string
}

const PATH = '/v1/api-keys'
const ALL = ['api_keys:read', 'api_keys:write', 'addresses:check']

async function made(world: World, key = world.apiKey, input: object = {}): Promise<Key> {
  const answer = await world.call(PATH, { permissions: ALL, ...input }, { key })
  const text = await answer.text()
  expect(answer.status, text).toBe(201)
  return JSON.parse(text)
}

const revoke = (world: World, id: string, { key = world.apiKey, children = '' } = {}) =>
  world.call(`${PATH}/${id}${children && `?children=${children}`}`, undefined, { method: 'DELETE', key })

async function rotated(world: World, id: string, key: string, input: object = {}) {
  const answer = await world.call(`${PATH}/${id}/rotate`, input, { key })
  const text = await answer.text()
  expect(answer.status, text).toBe(201)
  return JSON.parse(text) as Key & {
    oldExpiresAt: string
    alsoRevoked: string[]
    alsoEnding: string[]
    kept: string[]
    madeBy?: string
    renewalOf?: string
  }
}

/** Which of some keys work, by a letter each. */
async function working(world: World, keys: Record<string, Key>): Promise<string> {
  const works = await Promise.all(
    Object.entries(keys).map(async ([letter, { key }]) => {
      const { status } = await world.call('/v1/check', { topic: 'news', addresses: [] }, { key })
      return status === 200 ? letter : ''
    }),
  )
  return works.join('')
}

/** How a call was refused: its status and what of the problem is a program's to read. */
async function refusal(answer: Response) {
  const { code, field, permission } = (await answer.json()) as Record<string, string>
  return [answer.status, code, field ?? permission]
}

const entries = async (world: World, type: string) => {
  const rows = await world.sql('SELECT subject, actor, data FROM event WHERE type = ? ORDER BY seq', [type])
  return rows.map(([subject, actor, data]) => [subject, actor, JSON.parse(String(data))])
}

/** A key that made two, one of which made another, and one beside them. */
async function family(world: World) {
  const a = await made(world)
  const [b, c] = [await made(world, a.key), await made(world, a.key)]
  const d = await made(world, b.key)
  const x = await made(world)
  return { a, b, c, d, x }
}

describe('when a key is revoked', () => {
  test('whatever it made ends with it, and what they made; each has its entry, and the answer names them', async ({
    world,
  }) => {
    const keys = await family(world)
    const { a, b, c, d } = keys
    const answer = await answered(await revoke(world, a.id))
    expect(answer).toEqual({ id: a.id, outcome: 'revoked', alsoRevoked: [b.id, c.id, d.id], kept: [] })
    expect(await working(world, keys)).toBe('x')
    const [[, actor]] = (await entries(world, 'api_key.revoked')) as [[string, string, object]]
    expect(await entries(world, 'api_key.revoked')).toEqual([
      [a.id, actor, { children: 'end' }],
      ...[b, c, d].map(({ id }) => [id, actor, { with: a.id }]),
    ])
  })

  test('its maker goes on, and what its maker made beside it', async ({ world }) => {
    const keys = await family(world)
    await answered(await revoke(world, keys.b.id, { key: keys.x.key }))
    expect(await working(world, keys)).toBe('acx')
  })

  test('by one that it made, that one ends as well', async ({ world }) => {
    const keys = await family(world)
    await answered(await revoke(world, keys.a.id, { key: keys.d.key }))
    expect(await working(world, keys)).toBe('x')
  })

  test('and what it made is kept, they come from then on of who keeps them, and end with that one', async ({
    world,
  }) => {
    const keys = await family(world)
    const { a, b, c, d, x } = keys
    expect(await answered(await revoke(world, a.id, { key: x.key, children: 'keep' }))).toEqual({
      id: a.id,
      outcome: 'revoked',
      alsoRevoked: [],
      kept: [b.id, c.id, d.id],
    })
    expect(await working(world, keys)).toBe('bcdx')
    expect(await entries(world, 'api_key.kept')).toEqual([
      [b.id, x.id, { with: a.id }],
      [c.id, x.id, { with: a.id }],
    ])
    await answered(await revoke(world, x.id))
    expect(await working(world, keys)).toBe('')
  })

  test('no key keeps what was made by itself, or by one that it comes of', async ({ world }) => {
    const keys = await family(world)
    for (const key of [keys.a.key, keys.b.key, keys.d.key]) {
      const answer = await revoke(world, keys.a.id, { key, children: 'keep' })
      expect(await refusal(answer)).toEqual([403, 'key.descendant', undefined])
    }
    expect(await working(world, keys)).toBe('abcdx')
  })

  test('no key keeps what reaches further than itself', async ({ world }) => {
    const keys = await family(world)
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
    const bound = await made(world, world.apiKey, { expiresAt })
    const answer = await revoke(world, keys.a.id, { key: bound.key, children: 'keep' })
    expect(await refusal(answer)).toEqual([403, 'key.wider', 'expiresAt'])
    // It may end them all the same.
    await answered(await revoke(world, keys.a.id, { key: bound.key }))
    expect(await working(world, keys)).toBe('x')
  })

  test('by an operator, all of it holds too', async ({ world }) => {
    const [kept, ended] = [await family(world), await family(world)]
    await revokeKey(world.endpoint, kept.a.id, Date.now, 'keep')
    expect(await revokeKey(world.endpoint, ended.a.id)).toMatchObject({
      alsoRevoked: [ended.b.id, ended.c.id, ended.d.id],
      kept: [],
    })
    expect([await working(world, kept), await working(world, ended)]).toEqual(['bcdx', 'x'])
    expect(await entries(world, 'api_key.kept')).toEqual(
      [kept.b, kept.c].map(({ id }) => [id, 'operator:cli:test', { with: kept.a.id }]),
    )
    // Nobody’s key made them any more.
    await revokeKey(world.endpoint, kept.b.id)
    expect(await working(world, kept)).toBe('cx')
  })

  test('no key that it is making meanwhile outlives it', async ({ world }) => {
    const { a, b, c, d } = await family(world)
    const making = Array.from({ length: 30 }, (_, i) =>
      world.call(PATH, { permissions: ALL }, { key: [a, b, c, d][i % 4]!.key }),
    )
    const [{ alsoRevoked }, ...answers] = await Promise.all([revoke(world, a.id).then(answered), ...making])
    const born = await Promise.all(
      answers.filter(({ status }) => status === 201).map(answer => answer.json() as Promise<Key>),
    )
    expect(await working(world, Object.fromEntries(born.map(key => [key.id, key])))).toBe('')
    for (const { id } of born) expect(alsoRevoked).toContain(id)
    const told = (await entries(world, 'api_key.revoked')).map(([id]) => id)
    expect(told.sort()).toEqual([a.id, ...alsoRevoked].sort())
    for (const { status } of answers) expect([201, 401]).toContain(status)
  })

  test('nothing ends that was made before makers were remembered', async ({ world }) => {
    const keys = await family(world)
    await world.update('api_key', 'made_by = NULL')
    expect(await answered(await revoke(world, keys.a.id))).toMatchObject({ alsoRevoked: [] })
    expect(await working(world, keys)).toBe('bcdx')
  })
})

describe('when a key is replaced', () => {
  test('by itself, the new one ends with it, whoever revokes it but the new one', async ({ world }) => {
    const old = await made(world)
    const next = await rotated(world, old.id, old.key)
    expect(next).toMatchObject({ renewalOf: old.id })
    const last = await rotated(world, next.id, next.key)
    const own = await made(world, last.key)
    const keys = { o: old, n: next, l: last, w: own }
    expect(await working(world, keys)).toBe('onlw')
    expect(await answered(await revoke(world, old.id, { key: last.key }))).toMatchObject({
      alsoRevoked: [next.id],
    })
    expect(await working(world, keys)).toBe('lw')
    // It is revoked already, but something that came of it is left.
    expect(await answered(await revoke(world, old.id))).toMatchObject({ alsoRevoked: [last.id, own.id] })
    expect(await working(world, keys)).toBe('')
    expect((await revoke(world, old.id)).status).toBe(404)
  })

  test('by itself, the new one ends with the maker of both', async ({ world }) => {
    const maker = await made(world)
    const old = await made(world, maker.key)
    const next = await rotated(world, old.id, old.key, { overlapSeconds: 0 })
    expect(next).toMatchObject({ madeBy: maker.id })
    await answered(await revoke(world, maker.id))
    expect(await working(world, { n: next })).toBe('')
  })

  test('by another, the new one outlives it, and ends with that other', async ({ world }) => {
    const [manager, old] = [await made(world), await made(world)]
    const next = await rotated(world, old.id, manager.key)
    expect(next).toMatchObject({ madeBy: manager.id })
    await answered(await revoke(world, old.id))
    expect(await working(world, { o: old, n: next })).toBe('n')
    await answered(await revoke(world, manager.id))
    expect(await working(world, { n: next })).toBe('')
  })

  test('at once, what it made ends with it, unless that is kept', async ({ world }) => {
    const keys = await family(world)
    const { a, b, c, d } = keys
    const next = await rotated(world, a.id, world.apiKey, { overlapSeconds: 0 })
    expect(next.alsoRevoked).toEqual([b.id, c.id, d.id])
    expect(await working(world, { ...keys, n: next })).toBe('xn')
    const told = (await entries(world, 'api_key.revoked')).map(([id, , data]) => [id, data])
    expect(told).toEqual([b, c, d].map(({ id }) => [id, { with: a.id }]))
    const others = await family(world)
    const { kept } = await rotated(world, others.a.id, world.apiKey, { overlapSeconds: 0, children: 'keep' })
    expect(kept).toEqual([others.b.id, others.c.id, others.d.id])
    expect(await working(world, others)).toBe('bcdx')
  })

  test('over some time, what it made goes on for as long, and not longer; each has its entry', async ({
    world,
  }) => {
    const keys = await family(world)
    const { a, b, c, d } = keys
    const soon = new Date(Date.now() + 30_000).toISOString()
    const e = await made(world, b.key, { expiresAt: soon })
    const next = await rotated(world, a.id, world.apiKey, { overlapSeconds: 60 })
    const { alsoRevoked, alsoEnding, kept } = next
    expect([alsoRevoked, alsoEnding, kept]).toEqual([[], [b.id, c.id, d.id, e.id], []])
    const all = { ...keys, e, n: next }
    expect(await working(world, all)).toBe('abcdxen')
    const endsAt = Date.parse(next.oldExpiresAt)
    // What was to end before does so still.
    expect((await entries(world, 'api_key.limited')).map(([id, , data]) => [id, data])).toEqual(
      [b, c, d].map(({ id }) => [id, { with: a.id, endsAt }]),
    )
    await world.update('api_key', 'expires_at = expires_at - 30001')
    expect(await working(world, all)).toBe('abcdxn')
    await world.update('api_key', 'expires_at = expires_at - 30001')
    expect(await working(world, all)).toBe('xn')
  })

  test('over some time, what it made still ends with it when it is revoked, also where it was kept', async ({
    world,
  }) => {
    const keys = await family(world)
    const next = await rotated(world, keys.a.id, world.apiKey, { children: 'keep' })
    expect(next.kept).toEqual([keys.b.id, keys.c.id, keys.d.id])
    await world.update('api_key', 'expires_at = 1', [], 'expires_at IS NOT NULL')
    expect(await working(world, { ...keys, n: next })).toBe('bcdxn')
    await answered(await revoke(world, keys.a.id))
    expect(await working(world, { ...keys, n: next })).toBe('xn')
  })

  test('no key that it is making meanwhile outlasts it', async ({ world }) => {
    const { a, b, c, d } = await family(world)
    const making = Array.from({ length: 30 }, (_, i) =>
      world.call(PATH, { permissions: ALL }, { key: [a, b, c, d][i % 4]!.key }),
    )
    const [next, ...answers] = await Promise.all([rotated(world, a.id, world.apiKey), ...making])
    const born = await Promise.all(
      answers.filter(({ status }) => status === 201).map(answer => answer.json() as Promise<Key>),
    )
    expect(born.length).toBeGreaterThan(0)
    const endsAt = Date.parse(next.oldExpiresAt)
    const ends = await world.sql('SELECT DISTINCT expires_at FROM api_key WHERE id <> ?', [
      readApiKey(world.keyring, next.key)!.keyId,
    ])
    expect(ends.flat().sort()).toEqual([endsAt, null])
    const told = (await entries(world, 'api_key.limited')).map(([id]) => id)
    expect(told.sort()).toEqual([...next.alsoEnding].sort())
  })

  test('by one that it made, that one would end: it is refused', async ({ world }) => {
    const keys = await family(world)
    for (const overlapSeconds of [0, 60]) {
      const answer = await world.call(`${PATH}/${keys.a.id}/rotate`, { overlapSeconds }, { key: keys.d.key })
      expect(await refusal(answer)).toEqual([403, 'key.descendant', undefined])
    }
    expect(await working(world, keys)).toBe('abcdx')
  })
})

test('a key does not touch another workspace’s keys of its tenant, nor what they made', async ({ world }) => {
  const { id } = await made(world, world.siblingApiKey)
  for (const children of ['end', 'keep']) expect((await revoke(world, id, { children })).status).toBe(404)
  expect((await world.call(`${PATH}/${id}/rotate`, {})).status).toBe(404)
})

test('a permission for every tenant comes from an operator, or from a key that has it', async ({ world }) => {
  const wanted = { permissions: ['platform_suppressions:write'] }
  const refused = await world.call(PATH, wanted)
  expect(await refusal(refused)).toEqual([403, 'key.forbidden', 'platform_suppressions:write'])
  const { text, name } = await createKey(world.endpoint, world.keyring, world.path, [
    ...SENDER_PERMISSIONS,
    'platform_suppressions:write',
  ])
  await made(world, text, wanted)
  const answer = await revoke(world, name)
  expect(await refusal(answer)).toEqual([403, 'key.forbidden', 'platform_suppressions:write'])
})
