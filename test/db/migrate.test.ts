import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { createClient } from '@libsql/client/web'
import { describe, expect } from 'vitest'
import { migrate, readMigrations } from '../../ops/migrate.ts'
import { type TestDatabase, test } from '../support/database.ts'

type Files = Record<string, string>
const ONE = { '0001-a.sql': 'CREATE TABLE a (x INTEGER);' }
const TWO = { ...ONE, '0002-b.sql': 'CREATE TABLE b (x INTEGER);\nINSERT INTO b VALUES (1);' }

async function run(database: TestDatabase, files: Files) {
  const folder = `${database.dir}/migrations`
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  for (const [name, text] of Object.entries(files)) await writeFile(`${folder}/${name}`, text)
  return migrate(database.endpoint.url, undefined, folder)
}

const schema = (database: TestDatabase) =>
  database.sql("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")

test('the migrations apply to an empty database, in order, and then there is nothing to do', async ({
  emptyDatabase: database,
}) => {
  const names = (await readdir(new URL('../../migrations/', import.meta.url)))
    .filter(name => name.endsWith('.sql'))
    .map(name => name.replace('.sql', ''))
    .sort()
  expect(await migrate(database.endpoint.url)).toEqual({ applied: names, total: names.length })
  const after = await database.dump()
  expect(await migrate(database.endpoint.url)).toEqual({ applied: [], total: names.length })
  expect(await database.dump()).toEqual(after)
})

test('a new migration is applied on top of the others', async ({ emptyDatabase: database }) => {
  expect(await run(database, ONE)).toEqual({ applied: ['0001-a'], total: 1 })
  expect(await run(database, TWO)).toEqual({ applied: ['0002-b'], total: 2 })
  expect(await database.sql('SELECT x FROM b')).toEqual([[1]])
})

test('other line ends are the same text', async ({ emptyDatabase: database }) => {
  await run(database, TWO)
  const crlf = Object.fromEntries(
    Object.entries(TWO).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]),
  )
  expect(await run(database, crlf)).toEqual({ applied: [], total: 2 })
})

test('a comment at the end, a semicolon in a text and a trigger are no trouble', async ({
  emptyDatabase: database,
}) => {
  const text = `CREATE TABLE a (x TEXT) STRICT;
CREATE TRIGGER t BEFORE DELETE ON a BEGIN SELECT RAISE(ABORT, 'no; never'); END;
INSERT INTO a VALUES ('one; two') -- the end`
  expect(await run(database, { '0001-a.sql': text })).toMatchObject({ total: 1 })
  expect(await database.sql('SELECT x FROM a')).toEqual([['one; two']])
})

describe('nothing is touched', () => {
  test.for<[why: string, applied: Files, files: Files, message: string]>([
    [
      'when a file that was applied has changed',
      ONE,
      { ...TWO, '0001-a.sql': 'CREATE TABLE a (y INTEGER);' },
      '0001-a has changed',
    ],
    ['when a file that was applied is gone', TWO, { '0002-b.sql': TWO['0002-b.sql'] }, '0001-a was applied'],
    ['when all files are gone', ONE, {}, '0001-a was applied'],
    [
      'when a file would overtake one that was applied',
      { ...ONE, '0003-c.sql': 'CREATE TABLE c (x);' },
      { ...TWO, '0003-c.sql': 'CREATE TABLE c (x);' },
      '0002-b comes before 0003-c',
    ],
    ['when a file was renamed', ONE, { '0001-other.sql': ONE['0001-a.sql'] }, '0001-a was applied'],
    ['when a name has no number', ONE, { ...ONE, 'later.sql': 'SELECT 1' }, 'later.sql is not named like'],
    ['when a name has capitals', ONE, { ...ONE, '0002-B.sql': 'SELECT 1' }, '0002-B.sql is not named like'],
  ])('%s', async ([, applied, files, message], { emptyDatabase: database }) => {
    await run(database, applied)
    const before = await database.dump()
    await expect(run(database, files)).rejects.toThrow(message)
    expect(await database.dump()).toEqual(before)
  })

  test.for<[how: string, text: string]>([
    [
      'in its last statement',
      'CREATE TABLE b (x);\nINSERT INTO a VALUES (7);\nINSERT INTO nowhere VALUES (1);',
    ],
    ['in its first statement', 'INSERT INTO nowhere VALUES (1);\nCREATE TABLE b (x);'],
    ['in its syntax', 'CREATE TABLE b (x);\nCREATE TABEL c (x);'],
    ['in an open text', "CREATE TABLE b (x);\nINSERT INTO a VALUES ('"],
  ])('of a migration that fails %s', async ([, text], { emptyDatabase: database }) => {
    await run(database, ONE)
    const before = [await database.dump(), await schema(database)]
    await expect(run(database, { ...ONE, '0002-b.sql': text })).rejects.toThrow('0002-b does not apply')
    expect([await database.dump(), await schema(database)]).toEqual(before)
    expect(await run(database, TWO)).toEqual({ applied: ['0002-b'], total: 2 })
  })
})

test('a migration that runs alone is applied once, also where a run died between it and its record', async ({
  emptyDatabase: database,
}) => {
  const text = '-- Alone: it may take long.\nCREATE INDEX IF NOT EXISTS a_by_x ON a (x);\n'
  const files = { ...ONE, '0002-b.sql': text }
  await run(database, ONE)
  await database.sql('CREATE INDEX a_by_x ON a (x)')
  expect(await run(database, files)).toEqual({ applied: ['0002-b'], total: 2 })
  expect(await run(database, files)).toEqual({ applied: [], total: 2 })
  await database.sql("DELETE FROM migration WHERE name = '0002-b'")
  const runs = await Promise.all(
    [1, 2, 3].map(() => migrate(database.endpoint.url, undefined, `${database.dir}/migrations`)),
  )
  expect(runs.map(({ total }) => total)).toEqual([2, 2, 2])
})

test('a migration that runs alone is one statement that may be made twice', () => {
  const alone = readMigrations().filter(({ text }) => /^-- Alone: /m.test(text))
  expect(alone.map(({ name }) => name)).toContain('0027-a-workspace-finds-its-own-events')
  for (const { name, text } of alone)
    expect(text.replace(/--.*/g, '').trim(), name).toMatch(/^CREATE INDEX IF NOT EXISTS [^;]+;$/)
})

test('what comes before a migration that fails stays applied', async ({ emptyDatabase: database }) => {
  await expect(run(database, { ...TWO, '0003-c.sql': 'CREATE TABEL c (x)' })).rejects.toThrow(
    '0003-c does not apply',
  )
  expect(await database.sql('SELECT name FROM migration ORDER BY name')).toEqual([['0001-a'], ['0002-b']])
})

test('two runs at once apply each migration once', async ({ emptyDatabase: database }) => {
  const runs = await Promise.all([1, 2, 3].map(() => migrate(database.endpoint.url)))
  const total = runs[0]!.total
  expect(runs.map(run => run.total)).toEqual([total, total, total])
  const applied = runs.flatMap(run => run.applied)
  expect(new Set(applied).size).toBe(applied.length)
  expect(applied).toHaveLength(total)
  expect(await database.sql('SELECT count(*) FROM number')).toEqual([[10_000]])
})

test('a run waits for one that died in the middle of its work, whose work is undone', async ({
  emptyDatabase: database,
}) => {
  await run(database, ONE)
  const client = createClient({ url: database.endpoint.url })
  const dead = await client.transaction('write')
  await dead.execute("INSERT INTO migration VALUES ('0002-b', 'of the dead', 0)")
  await dead.execute('CREATE TABLE b (y INTEGER)')
  // It never says another word. The server lets go of its lock after 5 s.
  expect(await run(database, TWO)).toEqual({ applied: ['0002-b'], total: 2 })
  expect(await database.sql('SELECT x FROM b')).toEqual([[1]])
  await expect(dead.commit()).rejects.toThrow()
  client.close()
  expect(await run(database, TWO)).toEqual({ applied: [], total: 2 })
})

test('a migration takes nothing away from a version that still serves, or says which no longer asks for it', () => {
  const taking = readMigrations().filter(({ text }) =>
    /\b(DROP\s+(TABLE|COLUMN)|RENAME\s+(TO|COLUMN|\w+\s+TO))\b/i.test(text.replace(/--.*/g, '')),
  )
  const unsaid = taking.filter(({ text }) => !/^-- Contracts: .+/m.test(text))
  expect(unsaid.map(({ name }) => name)).toEqual([])
})
