import { describe, expect } from 'vitest'
import { uuid7 } from '../../core/id.ts'
import { DatabaseBusy, transact, wired } from '../../db/engine/hrana.ts'
import { append } from '../../db/event.ts'
import { commitAsOperator } from '../../ops/operator.ts'
import { openEngine } from '../bench/floe.ts'
import { runCommand } from '../support/cli.ts'
import { apply, eventOf, type TestDatabase, test } from '../support/database.ts'

/** Runs an operator's command, as npm would. */
const command = (name: 'backup' | 'migrate' | 'restore', args: string[], database?: TestDatabase) =>
  runCommand(`ops/${name}.ts`, args, database && { DATABASE_URL: database.endpoint.url })

/** Returns what a command complains of: that so many rows are done is said on a slow machine alone. */
const complaintsIn = (err: string) => err.replace(/^[\d,]+(?: of [\d,]+)? rows \w+\n/gm, '')

const happen = (database: TestDatabase, at: number) =>
  apply(database, [append(eventOf({ id: uuid7(at), at, type: 'consent.refused', subject: 'req_x' }))])

test('an operator backs up, checks, and restores with what happened since', async ({
  database,
  emptyDatabase,
}) => {
  const [whole, tail] = [`${database.dir}/whole`, `${database.dir}/tail`]
  await happen(database, 1)
  const backedUp = await command('backup', [whole], database)
  expect([backedUp.code, complaintsIn(backedUp.err)]).toEqual([0, ''])
  expect(backedUp.out).toMatch(/whole: [\d,]+ rows; ledger of 1 event, root [0-9a-f]{64}, [\d,]+ bytes\n$/)
  await happen(database, 2)
  // The backup's own event came after it.
  expect((await command('backup', [tail, '--after', whole], database)).out).toContain('ledger of 2 events')
  expect((await command('backup', ['--check', tail])).out).toMatch(/is sound: tail as of \d{4}-/)
  const restored = await command('restore', [whole, '--since', tail, '--as', 'test'], emptyDatabase)
  expect([restored.code, complaintsIn(restored.err)]).toEqual([0, ''])
  expect(restored.out).toMatch(
    /is as of \d{4}-.*\n.*ledger of 1 event.*\n2 events since, 0 erasures done again\n$/,
  )
  expect(await emptyDatabase.sql('SELECT count(*) FROM event')).toEqual([[4]])
  expect((await command('migrate', [], emptyDatabase)).out).toContain('is up to date')
})

test('a backup leaves its record, and none where its credential or its replica cannot keep one', async ({
  database,
}) => {
  const recorded = async () => [
    (await database.sql('SELECT kind FROM backup ORDER BY kind')).flat(),
    (await database.sql("SELECT actor FROM event WHERE type = 'backup.made'")).flat(),
  ]
  await happen(database, 1)
  const paths = ['still', 'refused', 'whole', 'tail'].map(name => `${database.dir}/${name}`)
  const [still = '', refused = '', whole = '', tail = ''] = paths
  expect((await command('backup', [still, '--still'], database)).code).toBe(0)
  await database.sql(
    "CREATE TRIGGER read_only BEFORE INSERT ON backup BEGIN SELECT RAISE(ABORT, 'not allowed'); END",
  )
  const sound = await command('backup', [refused], database)
  expect([sound.code, sound.err]).toEqual([
    0,
    expect.stringMatching(
      /refused is sound, but the database has no record of it for the metrics: .*not allowed\n$/,
    ),
  ])
  expect(await recorded()).toEqual([[], []])
  await database.sql('DROP TRIGGER read_only')
  await command('backup', [whole], database)
  await command('backup', [tail, '--after', whole, '--as', 'ada'], database)
  expect(await recorded()).toEqual([['tail', 'whole'], ['operator:cli:backup']])
})

test('an operator’s act waits while somebody else holds the database, and is applied once', async ({
  database,
}) => {
  const act = [append(eventOf({ id: uuid7(1), at: 1, type: 'consent.refused', subject: 'req_x' }))]
  const other = openEngine(`${database.dir}/primary/dbs/default/data`)
  other.exec('BEGIN IMMEDIATE')
  await expect(transact(database.endpoint, act.map(wired), 20_000)).rejects.toThrow(DatabaseBusy)
  const applied = commitAsOperator(database.endpoint, act)
  await expect(commitAsOperator(database.endpoint, act, 1)).rejects.toThrow(DatabaseBusy)
  other.exec('ROLLBACK')
  other.close()
  await applied
  expect(await database.sql('SELECT count(*) FROM event')).toEqual([[1]])
})

describe('a command that cannot be meant is refused, and does nothing', () => {
  test.for<[name: 'backup' | 'restore', args: string[], message: string]>([
    ['backup', [], 'npm run backup -- FILE'],
    ['backup', ['one', 'two'], 'npm run backup -- FILE'],
    ['backup', ['--everything'], "Unknown option '--everything'"],
    ['backup', ['--check', 'nowhere'], 'no such file'],
    ['backup', ['nowhere/whole'], 'there is nothing of Floe in this database'],
    ['restore', [], 'npm run restore -- WHOLE'],
    // Whoever restores says what is to become of everything since.
    ['restore', ['package.json'], 'npm run restore -- WHOLE'],
    ['restore', ['package.json', '--since', 'x', '--nothing-since'], 'npm run restore -- WHOLE'],
    ['restore', ['package.json', '--nothing-since'], '--as must name who does this'],
    ['restore', ['package.json', '--nothing-since', '--as', 'Ada Lovelace'], '--as must name who does this'],
    ['restore', ['package.json', '--nothing-since', '--as', 'test'], 'package.json is damaged or cut off'],
    ['restore', ['nowhere', '--nothing-since', '--as', 'test'], 'no such file'],
  ])('%s %j', async ([name, args, message], { sharedEmptyDatabase: database }) => {
    const { code, out, err } = await command(name, args, database)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(message)
    expect(err).not.toMatch(/^ {4}at /m)
    expect(await database.dump()).toEqual({})
  })

  test('without a database to do it to', async () => {
    const { code, err } = await command('backup', ['whole'])
    expect([code, err]).toEqual([1, expect.stringContaining('DATABASE_URL must be')])
  })
})
