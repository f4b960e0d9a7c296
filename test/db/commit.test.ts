import { describe, expect } from 'vitest'
import type { WriteBatch } from '../../core/write/request.ts'
import { commitGroup as commitStatements, isOutOfTurn, readPosition } from '../../db/engine/commit.ts'
import { DatabaseUnreachable, type Endpoint, StatementRefused, wired } from '../../db/engine/hrana.ts'
import { append } from '../../db/event.ts'
import { eventOf, type TestDatabase, test } from '../support/database.ts'
import { freeze } from '../support/freeze.ts'

const commitGroup = (endpoint: Endpoint, index: number, acts: WriteBatch[], deadlineMs: number) =>
  commitStatements(endpoint, { index, term: 7, at: 1000 }, acts.flat().map(wired), deadlineMs)
const lastGroup = async (endpoint: Endpoint, deadlineMs: number) =>
  (await readPosition(endpoint, deadlineMs)).index

const note = (subject: string) => [append(eventOf({ subject }))]
const bad = [{ sql: 'INSERT INTO nowhere VALUES (1)', args: [] }]
const subjects = async (database: TestDatabase) =>
  (await database.sql('SELECT subject FROM event ORDER BY seq')).flat()
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    error => error,
  )

describe('a group of acts', () => {
  test('is applied in order, and tells what each statement gave', async ({ database }) => {
    const read = [{ sql: 'SELECT subject FROM event ORDER BY seq', args: [] }]
    const results = await commitGroup(database.endpoint, 1, [note('a'), read, note('b'), [], read], 5000)
    expect(results.map(({ affected, rows }) => [affected, rows])).toEqual([
      [1, []],
      [0, [['a']]],
      [1, []],
      [0, [['a'], ['b']]],
    ])
    expect(await readPosition(database.endpoint, 5000)).toEqual({ index: 1, term: 7, at: 1000 })
  })

  test('replayed applies nothing', async ({ database }) => {
    await commitGroup(database.endpoint, 1, [note('a')], 5000)
    const error = await failure(commitGroup(database.endpoint, 1, [note('again')], 5000))
    expect(isOutOfTurn(error)).toBe(true)
    expect(await subjects(database)).toEqual(['a'])
    expect(await lastGroup(database.endpoint, 5000)).toBe(1)
  })

  test.for([0, 1, 3, 4, -1, 1000])(
    'numbered %i after number 1 is out of turn',
    async (index, { database }) => {
      await commitGroup(database.endpoint, 1, [note('a')], 5000)
      const error = await failure(commitGroup(database.endpoint, index, [note('b')], 5000))
      expect(isOutOfTurn(error)).toBe(true)
      expect(await subjects(database)).toEqual(['a'])
    },
  )

  test('of a second lane that does not know of the first is refused whole', async ({ database }) => {
    const [known] = await Promise.all([lastGroup(database.endpoint, 5000)])
    await commitGroup(database.endpoint, known + 1, [note('first lane')], 5000)
    const error = await failure(commitGroup(database.endpoint, known + 1, [note('second lane')], 5000))
    expect(isOutOfTurn(error)).toBe(true)
    expect(await subjects(database)).toEqual(['first lane'])
  })

  test('of two lanes at the same moment is applied for one of them', async ({ database }) => {
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, (_, i) => failure(commitGroup(database.endpoint, 1, [note(`${i}`)], 5000))),
    )
    const applied = outcomes.flatMap((error, i) => (error === undefined ? [`${i}`] : []))
    expect(applied).toHaveLength(1)
    expect(await subjects(database)).toEqual(applied)
  })

  test('with one bad statement is not applied at all, nor counted', async ({ database }) => {
    const error = await failure(commitGroup(database.endpoint, 1, [note('a'), bad, note('b')], 5000))
    expect(error).toBeInstanceOf(StatementRefused)
    expect(isOutOfTurn(error)).toBe(false)
    expect(await subjects(database)).toEqual([])
    expect(await lastGroup(database.endpoint, 5000)).toBe(0)
  })

  test('after a refused one finds the database free', async ({ database }) => {
    for (let i = 0; i < 5; i++) await failure(commitGroup(database.endpoint, 1, [bad], 5000))
    await commitGroup(database.endpoint, 1, [note('a')], 5000)
    expect(await subjects(database)).toEqual(['a'])
  })

  test('of no acts counts', async ({ database }) => {
    expect(await commitGroup(database.endpoint, 1, [], 5000)).toEqual([])
    expect(await lastGroup(database.endpoint, 5000)).toBe(1)
  })

  test('whose answer never comes is unknown, and applied at most once', async ({ database }) => {
    const [pid] = database.cluster.pids
    await freeze(pid!)
    const error = await failure(commitGroup(database.endpoint, 1, [note('lost')], 100))
    process.kill(pid!, 'SIGCONT')
    expect(error).toBeInstanceOf(DatabaseUnreachable)
    expect(isOutOfTurn(error)).toBe(false)
    const index = (await lastGroup(database.endpoint, 5000)) + 1
    await failure(commitGroup(database.endpoint, index, [note('next')], 5000))
    // In one statement: the lost group may still arrive between two.
    const [[committed, lost, all]] = (await database.sql(
      "SELECT (SELECT committed FROM lane), count(*) FILTER (WHERE subject = 'lost'), count(*) FROM event",
    )) as [[number, number, number]]
    expect(lost).toBeLessThanOrEqual(1)
    expect(committed).toBe(all)
  })
})

test('the number of the last group is one row, which cannot be doubled, lost its number or shared', async ({
  database,
}) => {
  await expect(database.sql('INSERT INTO lane (one, committed) VALUES (1, 5)')).rejects.toThrow()
  await expect(database.sql('INSERT INTO lane (one, committed) VALUES (2, 5)')).rejects.toThrow()
  await expect(database.sql('UPDATE lane SET committed = NULL')).rejects.toThrow('lane.committed')
  expect(await database.sql('SELECT one, committed, epoch FROM lane')).toEqual([[1, 0, 0]])
})
