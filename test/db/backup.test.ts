import { readdir, stat } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { topicScope } from '../../core/codes/scope.ts'
import { uuid7 } from '../../core/id.ts'
import { append } from '../../db/event.ts'
import { suppress } from '../../db/suppression.ts'
import { backup, backupTail } from '../../ops/backup.ts'
import { readBackup } from '../../ops/backup-file.ts'
import { restore } from '../../ops/restore.ts'
import { withStill } from '../../ops/snapshot.ts'
import { stopRecords } from '../../worker/suppression/statements.ts'
import { forge, linesOf, mangle, packed } from '../support/backup.ts'
import {
  acting,
  apply,
  eventOf,
  idOf,
  openTestDatabase,
  type TestDatabase,
  test,
} from '../support/database.ts'

/** Stops mail to somebody, with its event, as the lane would. */
async function stop(database: TestDatabase, name: string, at = 1000): Promise<void> {
  const { row, entry } = stopRecords(acting({ kind: 'recipient' }), {
    at,
    tenant: 1,
    workspace: 1,
    addressId: idOf(name),
    scope: topicScope(1),
    reason: 'unsubscribed',
    source: 'recipient',
    until: null,
    via: 'one-click',
  })
  await apply(database, [
    { sql: 'UPDATE lane SET committed = committed + 1', args: [] },
    ...suppress(row, entry),
  ])
}

async function fill(database: TestDatabase): Promise<void> {
  await database.sql("INSERT INTO tenant VALUES (1, 'acme', 'Acme “Ltd”\n', 0)")
  await database.sql(
    "INSERT INTO workspace (number, tenant, name, display_name, created_at) VALUES (1, 1, 'shop', 'Shop', 0)",
  )
  await database.sql("INSERT INTO topic VALUES (1, 1, 'news', 'News', '', 'marketing', 0, NULL, NULL)")
  for (const name of ['ada', 'bob', 'cy']) {
    await stop(database, name)
    await database.sql('INSERT INTO address VALUES (?, 1, ?, 0)', [idOf(name), Uint8Array.of(1, 2, 3)])
    await database.sql('INSERT INTO recipient_key VALUES (?, 1, ?, 0)', [idOf(name), Uint8Array.of(4, 5)])
  }
  await apply(database, [append(eventOf({ id: uuid7(7), sealed: Uint8Array.of(9, 9) }))])
}

/** Everything but the record of the restore itself. */
async function holdings(database: TestDatabase) {
  const { event, ...others } = await database.dump()
  return { ...others, event: event!.filter(([, , , , , type]) => type !== 'ledger.restored') }
}

const into = async (use: (empty: TestDatabase) => Promise<void>) => {
  const empty = await openTestDatabase({ empty: true })
  await use(empty).finally(() => empty.close())
}

test('a backup and a restore tell how far they are, to the last row', async ({ database }) => {
  await fill(database)
  const path = `${database.dir}/told`
  const [kept, restored]: [number[], [number, number | undefined][]] = [[], []]
  const { rows } = await backup(database.endpoint, path, systemClock, undefined, done => kept.push(done))
  expect([kept[0], kept.at(-1)]).toEqual([1, rows])
  await into(async empty => {
    await restore(empty.endpoint, path, undefined, systemClock, (done, total) => restored.push([done, total]))
    expect(restored.at(-1)).toEqual([rows, rows])
  })
})

test('a restore brings back every row of every table, byte for byte', async ({ database }) => {
  await fill(database)
  const before = await holdings(database)
  const path = `${database.dir}/whole`
  const seal = await backup(database.endpoint, path)
  expect(await holdings(database)).toEqual(before)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await into(async empty => {
    expect(await restore(empty.endpoint, path, undefined)).toEqual({ whole: seal, since: 0, erasures: 0 })
    expect(await holdings(empty)).toEqual(before)
  })
})

test('and leaves a gap in the ledger’s numbers, with an event that says what was restored', async ({
  database,
}) => {
  await fill(database)
  const { lastSeq, root, events } = await backup(database.endpoint, `${database.dir}/whole`, () => 5000)
  await into(async empty => {
    await restore(empty.endpoint, `${database.dir}/whole`, undefined, () => 6000)
    const [[seq, type, actor, subject, data]] = (await empty.sql(
      'SELECT seq, type, actor, subject, data FROM event ORDER BY seq DESC LIMIT 1',
    )) as [[number, ...unknown[]]]
    expect(seq).toBe(lastSeq + 1_000_000)
    expect([type, actor, subject]).toEqual(['ledger.restored', 'operator:cli:test', root])
    expect(JSON.parse(String(data))).toEqual({ asOf: 5000, erasures: 0, events, since: 0 })
    await stop(empty, 'dora')
    expect(await empty.sql('SELECT max(seq) FROM event')).toEqual([[seq + 1]])
  })
})

test('a backup is of one moment, however much is written while it is made', async ({ database }) => {
  await fill(database)
  for (let i = 0; i < 60; i++) await stop(database, `before-${i}`)
  let writing = true
  let written = 0
  const writer = (async () => {
    while (writing) await stop(database, `meanwhile-${written++}`)
  })()
  const path = `${database.dir}/whole`
  const before = written
  for (const attempt of [1, 2, 3]) {
    const seal = await backup(database.endpoint, `${path}-${attempt}`)
    const lines = linesOf(`${path}-${attempt}`)
    const tables = lines[0].tables.map(({ name }: { name: string }) => name)
    const rowsOf = (name: string) => lines.filter(line => Array.isArray(line) && tables[line[0]] === name)
    const stops = rowsOf('event').filter(([, row]) => row[5] === 'suppression.added')
    expect(rowsOf('suppression')).toHaveLength(new Set(stops.map(([, row]) => row[7].b)).size)
    expect(rowsOf('lane')[0][1][1]).toBe(rowsOf('suppression').length)
    expect(seal.events).toBe(rowsOf('event').length)
  }
  writing = false
  await writer
  expect(written).toBeGreaterThan(before)
})

test('a replica gives back everything once its primary is lost', async () => {
  const database = await openTestDatabase({ replicas: 1 })
  try {
    await fill(database)
    const replica = { url: database.cluster.replicaUrls[0]! }
    const whole = await backup(database.endpoint, `${database.dir}/whole`)
    await expect
      .poll(() => backup(replica, `${database.dir}/${crypto.randomUUID()}`, systemClock, withStill))
      .toMatchObject({ root: whole.root })
    process.kill(database.cluster.pids[0]!, 'SIGKILL')
    const rescued = await backup(replica, `${database.dir}/rescued`, systemClock, withStill)
    expect(rescued).toMatchObject({ rows: whole.rows, root: whole.root })
    await into(async empty => {
      await restore(empty.endpoint, `${database.dir}/rescued`, undefined)
      expect(await empty.sql('SELECT count(*) FROM suppression')).toEqual([[3]])
    })
  } finally {
    await database.close()
  }
})

test('and is refused where somebody wrote to it meanwhile', async ({ database }) => {
  await fill(database)
  const clock = () => 5000
  const writing: typeof withStill = (endpoint, use) =>
    withStill(endpoint, async snapshot => {
      await stop(database, 'dora')
      return use(snapshot)
    })
  await expect(backup(database.endpoint, `${database.dir}/whole`, clock, writing)).rejects.toThrow(
    'somebody wrote to the database',
  )
  expect(await readdir(database.dir)).not.toContain('whole')
})

test('rows too large for one answer come in smaller ones', async ({ database }) => {
  await fill(database)
  for (let i = 0; i < 40; i++)
    await database.sql('INSERT INTO address VALUES (?, 1, ?, 0)', [idOf(i), new Uint8Array(400_000).fill(i)])
  const kept = 'SELECT address_id, length(sealed), hex(substr(sealed, -2)) FROM address ORDER BY 1'
  const before = await database.sql(kept)
  await backup(database.endpoint, `${database.dir}/whole`)
  await into(async empty => {
    await restore(empty.endpoint, `${database.dir}/whole`, undefined)
    expect(await empty.sql(kept)).toEqual(before)
  })
})

test('a backup replaces none, and one that fails leaves nothing', async ({ database }) => {
  await fill(database)
  await backup(database.endpoint, `${database.dir}/whole`)
  await expect(backup(database.endpoint, `${database.dir}/whole`)).rejects.toThrow('never replaces')
  const files = await readdir(database.dir)
  await database.cluster.stop()
  await expect(backup(database.endpoint, `${database.dir}/other`)).rejects.toThrow()
  expect(await readdir(database.dir)).toEqual(files)
})

describe('what is not sound is refused, and nothing is written:', () => {
  let source: TestDatabase
  let empty: TestDatabase
  let path: string

  beforeAll(async () => {
    source = await openTestDatabase()
    empty = await openTestDatabase({ empty: true })
    await fill(source)
    path = `${source.dir}/whole`
    await backup(source.endpoint, path)
  })

  afterAll(async () => {
    await source.close()
    await empty.close()
  })

  type Change = (path: string) => string | Promise<string>
  const changed =
    (change: (lines: ReturnType<typeof linesOf>) => void): Change =>
    path => {
      const lines = linesOf(path)
      change(lines)
      return forge(path, lines)
    }
  const textOf = (path: string, change: (text: string) => string) =>
    mangle(path, bytes => gzipSync(change(gunzipSync(bytes).toString())))
  const rowOf = (lines: ReturnType<typeof linesOf>, table: string) => {
    const index = lines[0].tables.findIndex(({ name }: { name: string }) => name === table)
    return lines.find(line => Array.isArray(line) && line[0] === index)
  }

  test.for<[what: string, change: Change, message: RegExp]>([
    ['a file cut off', path => mangle(path, bytes => bytes.subarray(0, bytes.length / 2)), /cut off/],
    ['a file without its last bytes', path => mangle(path, bytes => bytes.subarray(0, -9)), /cut off/],
    [
      'a byte that was flipped',
      path =>
        mangle(path, bytes => {
          bytes[bytes.length >> 1]! ^= 0x10
          return bytes
        }),
      /damaged/,
    ],
    [
      'a file without its end',
      path => textOf(path, text => `${text.split('\n').slice(0, -2).join('\n')}\n`),
      /its end is missing/,
    ],
    [
      'a file that ends within a line',
      path => textOf(path, text => text.slice(0, -20)),
      /cut off in the middle/,
    ],
    ['a file that goes on', path => textOf(path, text => `${text}[0,[]]\n`), /goes on behind its end/],
    ['a line that is no JSON', path => textOf(path, text => text.replace('\n', '\n{\n')), /no JSON/],
    [
      'a row that was changed',
      path => textOf(path, text => text.replace('Acme', 'Bcme')),
      /its sha256 should be/,
    ],
    [
      'a row that is missing',
      path => textOf(path, text => text.replace(/\n\[0.*?\n/, '\n')),
      /its rows should be/,
    ],
    ['an empty file', path => mangle(path, () => Buffer.alloc(0)), /cut off/],
    ['another file', path => mangle(path, () => gzipSync('{"hello":1}\n')), /is no backup of Floe/],
    ['a file that is no gzip', path => mangle(path, () => Buffer.from('hello')), /damaged or cut off/],
    ['a later format', changed(lines => (lines[0].format = 2)), /of format 2; this Floe reads format 1/],
    [
      'an event that was changed, by somebody who fitted the hash of the file to it',
      changed(lines => (rowOf(lines, 'event')[1][2] = 999)),
      /event 1 does not have the hash of what it says/,
    ],
    [
      'an event whose evidence was changed',
      changed(lines => (lines.find(line => line[1]?.[10])[1][10] = packed(Uint8Array.of(8)))),
      /event 4 does not have the hash/,
    ],
    [
      'an event that is missing, by the same',
      changed(lines => lines.splice(lines.indexOf(rowOf(lines, 'event')), 1)),
      /its events should be 4 and is 3/,
    ],
    [
      'events in another order',
      changed(lines => {
        const first = lines.indexOf(rowOf(lines, 'event'))
        ;[lines[first], lines[first + 1]] = [lines[first + 1], lines[first]]
      }),
      /event 1 is out of order/,
    ],
    ['a row of no table', changed(lines => lines.splice(1, 0, [99, []])), /row 1 fits no table/],
    ['a row with a column too few', changed(lines => lines[1][1].pop()), /row 1 fits no table/],
    [
      'a backup of a migration that this version does not have',
      changed(lines => (lines[0].migrations[4].name = '0005-of-somebody-else')),
      /0005-of-somebody-else, which is none of this version/,
    ],
    [
      'a backup of a migration that reads otherwise here',
      changed(lines => (lines[0].migrations[0].sha256 = 'ab')),
      /which is another of this version/,
    ],
  ])('%s', async ([, change, message]) => {
    await expect(restore(empty.endpoint, await change(path), undefined)).rejects.toThrow(message)
    expect(await empty.dump()).toEqual({})
  })

  test('a tail of another backup', async ({ database, emptyDatabase }) => {
    await fill(database)
    const [one, two, tail] = ['one', 'two', 'tail'].map(name => `${database.dir}/${name}`) as [
      string,
      string,
      string,
    ]
    await backup(database.endpoint, one)
    await stop(database, 'dora')
    await backup(database.endpoint, two)
    await backupTail(database.endpoint, tail, two)
    await expect(restore(emptyDatabase.endpoint, one, tail)).rejects.toThrow('is no tail of')
    await expect(restore(emptyDatabase.endpoint, tail, undefined)).rejects.toThrow('is a tail')
    await expect(restore(emptyDatabase.endpoint, two, two)).rejects.toThrow('is no tail of')
    await expect(backupTail(database.endpoint, `${tail}-2`, tail)).rejects.toThrow('is a tail itself')
    expect(await emptyDatabase.dump()).toEqual({})
  })

  test('a database that is not empty', async ({ database }) => {
    await fill(database)
    await backup(database.endpoint, `${database.dir}/whole`)
    const before = await database.dump()
    await expect(restore(database.endpoint, `${database.dir}/whole`, undefined)).rejects.toThrow(
      'is not empty',
    )
    expect(await database.dump()).toEqual(before)
  })
})

test('what was forged so well that only the database refuses it is not given free', async ({
  database,
  emptyDatabase,
}) => {
  await fill(database)
  const path = `${database.dir}/whole`
  await backup(database.endpoint, path)
  const lines = linesOf(path)
  const table = lines[0].tables.findIndex(({ name }: { name: string }) => name === 'suppression')
  lines.find(line => line[0] === table)[1][3] = 'a text'
  await expect(restore(emptyDatabase.endpoint, forge(path, lines), undefined)).rejects.toThrow()
  const tables = Object.keys(await emptyDatabase.dump())
  expect(tables).not.toContain('migration')
  expect(tables).not.toContain('lane')
  expect(tables).not.toContain('api_key')
  expect((await readBackup(path)).seal.events).toBe(4)
})
