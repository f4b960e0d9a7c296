import { describe, expect } from 'vitest'
import { DAY_MS } from '../../core/clock.ts'
import type { EventType } from '../../core/event.ts'
import { KEYS_A_DAY, KEYS_MAX } from '../../core/limits.ts'
import { makeApiKey, replaceApiKey } from '../../db/api-key.ts'
import { transact, wired } from '../../db/engine/hrana.ts'
import { keepLine, lineOf, revokeApiKey, revokeLine } from '../../db/key-line.ts'
import { DEMO } from '../../local/seed.ts'
import { provision } from '../../ops/provision.ts'
import { apply, eventOf, type TestDatabase, test } from '../support/database.ts'

const AT = 1000
const idOf = (letter: string) => new Uint8Array(8).fill(letter.charCodeAt(0))
const letterOf = (id: unknown) => String.fromCharCode((id as Uint8Array)[0]!)
const event = (type: EventType, letter: string) =>
  eventOf({ type, subject: letter, actor: 'operator', addressId: null })

/** Has an operator's key `a`, and of it whatever is named: `ba` is a key `b` that `a` made. */
async function family(database: TestDatabase, ...made: string[]): Promise<void> {
  await provision(database.endpoint, DEMO)
  await database.sql(
    'INSERT INTO api_key (id, workspace, secret_hash, permissions, created_at) VALUES (?, 1, zeroblob(32), ?, 1)',
    [idOf('a'), '[]'],
  )
  for (const [letter, maker] of made as unknown as [string, string][])
    expect(await make(database, letter, maker), `${letter} of ${maker}`).toBe(1)
}

async function make(
  database: TestDatabase,
  letter: string,
  maker: string,
  expiresAt: number | null = null,
  workspace = 1,
) {
  const row = {
    id: idOf(letter),
    workspace,
    secretHash: new Uint8Array(32),
    permissions: [],
    createdAt: AT,
    expiresAt,
  }
  const [kept] = await apply(database, makeApiKey(row, idOf(maker), event('api_key.created', letter)))
  return kept
}

const replace = async (
  database: TestDatabase,
  letter: string,
  by: string,
  next: string,
  expiresAt: number | null = null,
  workspace = 1,
) => {
  const replacement = {
    old: { id: idOf(letter), expiresAt },
    workspace,
    by: idOf(by),
    next: { id: idOf(next), secretHash: new Uint8Array(32) },
    at: AT,
    oldEndsAt: 2000,
  }
  const act = replaceApiKey(replacement, event('api_key.created', next), event('api_key.rotated', letter))
  return (await apply(database, act))[0]
}

const lineFrom = (letter: string, spared: string | null) => ({
  key: idOf(letter),
  workspace: 1,
  spared: spared === null ? null : idOf(spared),
})

const line = async (database: TestDatabase, letter: string, spared: string | null = null) => {
  const { sql, args, decode } = lineOf(lineFrom(letter, spared), AT)
  return decode(await database.sql(sql, args))
    .map(({ id }) => letterOf(id))
    .join('')
}

/** Revokes a key by one that saw nobody of its line, and returns whom the last statement told of. */
async function revoke(
  database: TestDatabase,
  letter: string,
  by: string | null,
  keep = false,
): Promise<string | undefined> {
  const act = revokeApiKey(
    {
      line: lineFrom(letter, by),
      known: [],
      because: event('api_key.revoked', letter),
      entryOf: id => event('api_key.revoked', letterOf(id)),
      by: by === null ? null : idOf(by),
    },
    keep,
  )
  const results = await transact(database.endpoint, act.map(wired), 5000)
  const ids = results.at(-1)!.rows.map(([id]) => letterOf(id))
  return results[0]!.affected === 0 ? undefined : ids.sort().join('')
}

const counting = async (database: TestDatabase) => {
  const rows = await database.sql('SELECT id FROM api_key WHERE revoked_at IS NULL ORDER BY rowid')
  return rows.map(([id]) => letterOf(id)).join('')
}

describe('the line of a key', () => {
  test('is what it made, what that made, and what it replaced itself by', async ({ database }) => {
    await family(database, 'ba', 'cb', 'da')
    expect(await replace(database, 'c', 'c', 'e')).toBe(1)
    expect(await replace(database, 'd', 'a', 'f')).toBe(1)
    expect(await line(database, 'a')).toBe('bcdef')
    expect(await line(database, 'c')).toBe('e')
    // Who replaced it is who its successor comes of.
    expect(await line(database, 'd')).toBe('')
  })

  test('leaves out who is spared, with what came of that one, if it is the very key renewed', async ({
    database,
  }) => {
    await family(database, 'ba')
    await replace(database, 'b', 'b', 'c')
    await replace(database, 'c', 'c', 'd')
    expect(await make(database, 'e', 'd')).toBe(1)
    expect(await line(database, 'b', 'd')).toBe('c')
    // Its maker's line has it all the same.
    expect(await line(database, 'a', 'd')).toBe('bcde')
  })

  test('is walked in time that grows with its length, though each renewal can be reached by many ways', async ({
    database,
  }) => {
    await family(database, 'ba')
    await database.sql(
      `INSERT INTO api_key (id, workspace, secret_hash, permissions, created_at, made_by, renewal_of)
        SELECT unhex(printf('%016x', i + 1)), 1, zeroblob(32), '[]', 1, ?1, iif(i = 0, ?2, unhex(printf('%016x', i))) FROM number WHERE i < 2000`,
      [idOf('a'), idOf('b')],
    )
    expect(await line(database, 'a')).toHaveLength(2001)
    expect(await line(database, 'b')).toHaveLength(2000)
  })
})

describe('whoever comes in between', () => {
  test('makes no key with one that was revoked, has ended, or ends sooner by now', async ({ database }) => {
    await family(database, 'ba', 'ca', 'da')
    await revoke(database, 'b', null)
    await database.sql('UPDATE api_key SET expires_at = ? WHERE id = ?', [AT, idOf('c')])
    await database.sql('UPDATE api_key SET expires_at = ? WHERE id = ?', [AT + 10, idOf('d')])
    expect(await make(database, 'x', 'b')).toBe(0)
    expect(await make(database, 'x', 'c')).toBe(0)
    expect(await make(database, 'x', 'd')).toBe(0)
    expect(await make(database, 'x', 'd', AT + 11)).toBe(0)
    expect(await make(database, 'x', 'd', AT + 10)).toBe(1)
    const told = await database.sql("SELECT count(*) FROM event WHERE type = 'api_key.created'")
    expect(told).toEqual([[4]])
  })

  test('makes and replaces no key of another workspace', async ({ database }) => {
    await family(database)
    expect(await make(database, 'x', 'a', null, 2)).toBe(0)
    expect(await make(database, 'x', 'a', null, 1)).toBe(1)
    expect(await replace(database, 'x', 'a', 'y', null, 2)).toBe(0)
    expect(await replace(database, 'x', 'a', 'y', null, 1)).toBe(1)
  })

  test.for([
    ['that count, however few were made today', 'NULL', -DAY_MS, KEYS_MAX],
    ['made in a day, however few still count', '1', 1, KEYS_A_DAY],
  ] as const)(
    'makes as many keys as a workspace may have %s, and no more',
    async ([, revoked, since, most], { database }) => {
      await family(database)
      await database.sql('UPDATE api_key SET created_at = ?', [AT + since])
      // One less than there may be, the maker among them.
      await database.sql(
        `INSERT INTO api_key (id, workspace, secret_hash, permissions, created_at, revoked_at)
        SELECT unhex(printf('%016x', i + 1)), 1, zeroblob(32), '[]', ?, ${revoked} FROM number WHERE i < ?`,
        [AT + since, most - 2],
      )
      expect(await replace(database, 'a', 'a', 'b')).toBe(1)
      expect(await make(database, 'x', 'b')).toBe(0)
      expect(await replace(database, 'b', 'b', 'c')).toBe(0)
      await database.sql('DELETE FROM api_key WHERE id = ?', [new Uint8Array([0, 0, 0, 0, 0, 0, 0, 1])])
      expect(await make(database, 'x', 'b')).toBe(1)
    },
  )

  test('replaces none by a key that ends sooner', async ({ database }) => {
    await family(database, 'ba', 'ca')
    const end = (letter: string, at: number) =>
      database.sql('UPDATE api_key SET expires_at = ? WHERE id = ?', [at, idOf(letter)])
    await end('b', AT + 10)
    await end('c', AT + 11)
    expect(await replace(database, 'c', 'b', 'x', AT + 11)).toBe(0)
    await end('c', AT + 10)
    expect(await replace(database, 'c', 'b', 'x', AT + 10)).toBe(1)
  })

  test('replaces none with a key that was revoked, and none that was', async ({ database }) => {
    await family(database, 'ba', 'ca')
    await revoke(database, 'b', null)
    expect(await replace(database, 'c', 'b', 'x')).toBe(0)
    expect(await replace(database, 'b', 'c', 'x')).toBe(0)
    expect(await replace(database, 'c', 'a', 'x')).toBe(1)
    // It has an end since, which was not seen.
    expect(await replace(database, 'c', 'a', 'y')).toBe(0)
  })

  test('revokes none with a key that was revoked', async ({ database }) => {
    await family(database, 'ba', 'ca')
    await revoke(database, 'b', null)
    expect(await revoke(database, 'c', 'b')).toBeUndefined()
    expect(await counting(database)).toBe('ac')
  })

  test('keeps nothing of a key that it came to come of', async ({ database }) => {
    await family(database, 'ba', 'cb')
    for (const by of ['b', 'c']) expect(await revoke(database, 'b', by, true)).toBeUndefined()
    expect(await revoke(database, 'b', 'a', true)).toBe('c')
    expect(await line(database, 'a')).toBe('c')
  })

  test('and joined the line after it was looked at ends with it, and is told of', async ({ database }) => {
    await family(database, 'ba', 'cb')
    await replace(database, 'b', 'b', 'd')
    expect(await revoke(database, 'b', 'a')).toBe('cd')
    expect(await counting(database)).toBe('a')
    expect(await revoke(database, 'b', 'a')).toBeUndefined()
  })
})

test('nothing becomes of a line where the event is not there that it hangs on', async ({ database }) => {
  await family(database, 'ba', 'cb')
  const known = [{ id: idOf('c'), direct: true }]
  const lineAct = {
    line: lineFrom('b', null),
    known,
    because: event('api_key.revoked', 'b'),
    entryOf: () => event('api_key.revoked', 'c'),
  }
  const before = await database.dump()
  await apply(database, [...revokeLine(lineAct), ...keepLine(idOf('a'), lineAct)])
  expect(await database.dump()).toEqual(before)
})
