import { describe, expect } from 'vitest'
import { NEEDED_MIGRATION } from '../../db/schema.ts'
import { freeze } from '../support/freeze.ts'
import { answered, openWorld, readyz, testWith, type World } from '../support/world.ts'

const test = testWith({ bindings: { COMMIT: '0123abcd4567' } })

const notReady = async (world: World) => {
  const answer = await readyz(world)
  expect(answer.status).toBe(503)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  return (await answer.json()) as { schema: { seen: string | null }; lane: { depth: number } }
}

test('the Worker says which one it is, and which tables it needs', async ({ sharedWorld: world }) => {
  expect(await answered(await world.fetch('/version'))).toEqual({
    build: expect.any(String),
    commit: '0123abcd4567',
    schema: NEEDED_MIGRATION,
  })
})

test('readiness tells a stranger nothing but whether it is', async ({ sharedWorld: world }) => {
  expect(await answered(await world.fetch('/readyz'))).toEqual({ status: 'ready' })
})

test('readiness tells nobody more who holds another key', async ({ sharedWorld: world }) => {
  for (const key of [world.apiKey, 'a-token-for-the-one-who-guesses']) {
    const answer = await world.fetch('/readyz', { headers: { authorization: `Bearer ${key}` } })
    expect([answer.status, (await answer.json()) as object]).toEqual([
      401,
      expect.objectContaining({ code: 'key.invalid' }),
    ])
  }
})

test('readiness tells an operator of the primary, the lane and the schema', async ({ world }) => {
  await world.fetch((await world.links('ada@example.com')).unsubscribeUrl, { method: 'POST' })
  const ms = expect.any(Number)
  expect(await answered(await readyz(world))).toEqual({
    status: 'ready',
    obstacles: [],
    schema: { needed: NEEDED_MIGRATION, seen: expect.stringMatching(/^\d{4}-/) },
    primary: { answers: true, ms },
    replicas: [],
    lane: { answers: true, depth: 0, oldestMs: 0 },
  })
})

describe('it is not ready', () => {
  // What these do to the file's database they undo.
  test('while the database lacks a migration that the code needs, and is once it has it', async ({
    floe,
  }) => {
    const world = floe.next()
    const [[, sha256, at]] = (await world.raw('SELECT * FROM migration WHERE name = ?', [
      NEEDED_MIGRATION,
    ])) as [[string, string, number]]
    await world.raw('DELETE FROM migration WHERE name >= ?', [NEEDED_MIGRATION])
    expect(await notReady(world)).toMatchObject({
      status: 'not_ready',
      obstacles: ['schema_outdated'],
      primary: { answers: true },
    })
    await world.raw('INSERT INTO migration VALUES (?, ?, ?)', [NEEDED_MIGRATION, sha256, at])
    expect((await world.fetch('/readyz')).status).toBe(200)
  })

  test('on a database that was never migrated', async ({ floe }) => {
    const world = floe.next()
    await world.raw('ALTER TABLE migration RENAME TO away')
    expect(await notReady(world)).toMatchObject({
      obstacles: ['schema_outdated'],
      schema: { needed: NEEDED_MIGRATION, seen: null },
    })
    await world.raw('ALTER TABLE away RENAME TO migration')
    expect((await world.fetch('/readyz')).status).toBe(200)
  })

  test('while the primary is silent, and it tells how many acts wait for it', async ({ ownWorld: world }) => {
    const [first, ...links] = await Promise.all([0, 1, 2, 3].map(i => world.links(`r${i}@example.com`)))
    // A Worker that knows where the topic belongs.
    expect((await world.fetch(first!.unsubscribeUrl, { method: 'POST' })).status).toBe(200)
    const [primary] = world.database.pids as [number]
    await freeze(primary)
    try {
      const clicks = links.map(({ unsubscribeUrl }) => world.fetch(unsubscribeUrl, { method: 'POST' }))
      for (const click of clicks) expect((await click).status).toBe(200)
      const found = await notReady(world)
      expect(found).toMatchObject({ obstacles: ['primary_unreachable'], primary: { answers: false } })
      expect(found.schema.seen).toBeNull()
      const stranger = await world.fetch('/readyz')
      expect([stranger.status, await stranger.json()]).toEqual([503, { status: 'not_ready' }])
      expect(found.lane.depth).toBe(3)
    } finally {
      process.kill(primary, 'SIGCONT')
    }
  })
})

test('a replica that is away is told, and hinders nothing', async () => {
  const world = await openWorld({ replicas: 1 })
  try {
    const found = await answered(await readyz(world))
    expect(found.replicas).toEqual([
      { answers: true, ms: expect.any(Number), groupsBehind: expect.any(Number) },
    ])
    process.kill(world.database.pids[1]!, 'SIGKILL')
    expect(await answered(await readyz(world))).toMatchObject({
      status: 'ready',
      replicas: [{ answers: false }],
    })
  } finally {
    await world.close()
  }
})
