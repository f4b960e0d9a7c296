import { describe, expect } from 'vitest'
import { Fault } from '../../core/fault.ts'
import { type Denial, packDenials } from '../../core/write/denial.ts'
import { StatementRefused } from '../../db/engine/hrana.ts'
import type { LaneCalls } from '../../db/engine/lane-calls.ts'
import type { Query } from '../../db/engine/query.ts'
import { NEARBY_MS } from '../../db/engine/router.ts'
import { append } from '../../db/event.ts'
import { freePorts } from '../../local/port.ts'
import { databaseOf, eventOf, idOf, laneTo, openTestDatabase, test } from '../support/database.ts'
import { freeze } from '../support/freeze.ts'

const count: Query<number> = {
  sql: 'SELECT count(*) FROM event',
  args: [],
  decode: rows => rows[0]![0] as number,
}
const sum: Query<number> = { sql: 'SELECT ? + ?', args: [2, 3], decode: rows => rows[0]![0] as number }
const nowhere = async () => ({ url: `http://127.0.0.1:${(await freePorts(1))[0]}` })
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    value => ({ answered: value }),
    error => (error instanceof Fault ? error.detail.code : error),
  )

test('a read runs its queries together and gives each its own answer', async ({ database }) => {
  const db = databaseOf(database.endpoint, [])
  expect(await db.read('fresh', [sum, count])).toEqual([5, 0])
  expect(await db.read('may-lag', [count])).toEqual([0])
})

test('a read that may lag asks the replica, one that must be fresh the primary', async () => {
  const database = await openTestDatabase({ replicas: 1 })
  const replica = { url: database.cluster.replicaUrls[0]! }
  const away = await nowhere()
  const onlyReplica = databaseOf(away, [replica])
  await expect.poll(() => codeOf(onlyReplica.read('may-lag', [count]))).toEqual({ answered: [0] })
  expect(await codeOf(onlyReplica.read('fresh', [count]))).toBe('database.unavailable')
  await database.close()
})

test('a read that may lag asks the primary when the replica is gone', async ({ database }) => {
  const db = databaseOf(database.endpoint, [await nowhere()])
  expect(await db.read('may-lag', [sum])).toEqual([5])
})

test('a read that may lag asks the primary when the replica does not answer in time', async () => {
  const database = await openTestDatabase({ replicas: 1 })
  const [, replicaPid] = database.cluster.pids
  const replica = { url: database.cluster.replicaUrls[0]! }
  const db = databaseOf(database.endpoint, [replica])
  await freeze(replicaPid!)
  const answer = await codeOf(db.read('may-lag', [sum]))
  process.kill(replicaPid!, 'SIGCONT')
  expect(answer).toEqual({ answered: [5] })
  await database.close()
})

test('a read says so when primary and replica are both gone', async () => {
  const [primary, replica] = [await nowhere(), await nowhere()]
  const db = databaseOf(primary, [replica])
  for (const freshness of ['fresh', 'may-lag'] as const)
    expect(await codeOf(db.read(freshness, [sum]))).toBe('database.unavailable')
})

test('a read is given up, and not guessed, when nothing answers in time', async () => {
  const database = await openTestDatabase({ replicas: 1 })
  const replica = { url: database.cluster.replicaUrls[0]! }
  const db = databaseOf(database.endpoint, [replica])
  for (const pid of database.cluster.pids) await freeze(pid)
  const answers = await Promise.all([codeOf(db.read('fresh', [sum])), codeOf(db.read('may-lag', [sum]))])
  for (const pid of database.cluster.pids) process.kill(pid, 'SIGCONT')
  expect(answers).toEqual(['database.unavailable', 'database.unavailable'])
  expect(await db.read('fresh', [sum])).toEqual([5])
  await database.close()
})

describe('a read of the nearest copy', () => {
  /** The primary has an event that its replica, cut off before, does not: one answers 1, the other 0. */
  async function cutOff(
    lane: Partial<LaneCalls>,
    primary: (endpoint: { url: string }) => { url: string } = one => one,
  ) {
    const [first, second] = await Promise.all([openTestDatabase(), openTestDatabase()])
    const writing = databaseOf(first.endpoint, [])
    await writing.commit([append(eventOf())])
    const db = databaseOf(primary(first.endpoint), [second.endpoint], laneTo(first.endpoint, lane))
    const answer = await codeOf(
      db.readNearby([count]).then(({ answers, asOf }) => ({ count: answers[0], asOf })),
    )
    await Promise.all([first.close(), second.close()])
    return answer
  }
  const now = () => performance.now()
  const lacks = (more: object = {}) => ({
    life: 1,
    from: 0,
    last: 0,
    entries: [],
    behindSince: null,
    ...more,
  })
  /** The lane has seen the primary take the group that the replica lacks. */
  const lease = async () => ({ index: 1, term: 1 })

  test('is believed where it has all that the database had when the lease was granted', async () => {
    const start = now()
    const answer = await cutOff({ lease: async () => ({ index: 0, term: 0 }) })
    expect(answer).toEqual({ answered: { count: 0, asOf: expect.any(Number) } })
    expect((answer as { answered: { asOf: number } }).answered.asOf).toBeGreaterThanOrEqual(start)
  })

  test('that lacks something is as old as that, and not asked where it is older than five seconds', async () => {
    let since = 0
    const behind = (ms: number) =>
      cutOff({
        lease,
        async since() {
          since = now() - ms
          return lacks({ behindSince: since })
        },
      })
    expect(await behind(1000)).toEqual({ answered: { count: 0, asOf: since } })
    expect(await behind(NEARBY_MS + 1)).toMatchObject({ answered: { count: 1 } })
  })

  test.for<[what: string, lane: Partial<LaneCalls>]>([
    ['of another history', { lease: async () => ({ index: 0, term: 7 }) }],
    ['that the lane does not know', { lease }],
  ])('%s is not believed', async ([, lane]) => {
    expect(await cutOff(lane)).toMatchObject({ answered: { count: 1 } })
  })

  test('is never believed by itself: without primary or lane nothing is known', async () => {
    const away = await nowhere()
    expect(await cutOff({ lease }, () => away)).toBe('database.unavailable')
    const silent = async () => {
      throw new Error('no lane to ask')
    }
    expect(await cutOff({ lease: silent, since: silent })).toBe('database.unavailable')
  })

  test('has what is denied in the journal alone laid over it', async () => {
    const denied: Denial = { addressId: idOf('ada'), scope: 7, reason: 5, source: 1, at: 1, until: null }
    const query: Query<number> = {
      ...count,
      overlayPending: (answer, pending) => answer + 10 * pending.of(idOf('ada')).length,
    }
    const database = await openTestDatabase()
    const since = async () => lacks({ from: 1, last: 1, entries: [[1, packDenials([denied])]] })
    const lane = laneTo(database.endpoint, { lease: async () => false, since })
    const { answers } = await databaseOf(await nowhere(), [database.endpoint], lane).readNearby([query])
    expect(answers).toEqual([10])
    await database.close()
  })
})

test('a statement that the database will not have is a defect and not an outage', async ({ database }) => {
  const db = databaseOf(database.endpoint, [])
  for (const sql of ['SELECT x FROM nowhere', 'SELEC 1', 'SELECT 1; SELECT 2', 'SELECT ?', '']) {
    const wrong = { ...sum, sql, args: [] }
    expect(await codeOf(db.read('fresh', [wrong])), sql).toBeInstanceOf(StatementRefused)
  }
})

test('a write whose lane answers gives its results, and one that fails never looks done', async ({
  database,
}) => {
  const act = [append(eventOf())]
  const db = databaseOf(database.endpoint, [])
  expect((await db.commit(act))?.map(({ affected }) => affected)).toEqual([1])
  const failing = (why: 'refused' | 'unavailable') =>
    databaseOf(
      database.endpoint,
      [],
      laneTo(database.endpoint, { commit: async () => ({ ok: false, why, detail: 'x' }) }),
    )
  expect(await codeOf(failing('unavailable').commit(act))).toBe('database.unavailable')
  expect(await codeOf(failing('refused').commit(act))).toBeInstanceOf(Error)
  expect(await db.read('fresh', [count])).toEqual([1])
})

test('values come back as they went: nothing, numbers, texts and bytes of every kind', async ({
  database,
}) => {
  const values = [null, 0, -1, 2 ** 53 - 1, '', 'ä"\'\0💩', new Uint8Array(), new Uint8Array([0, 255, 128])]
  const row: Query<unknown[]> = {
    sql: `SELECT ${values.map(() => '?').join(', ')}, 1.5`,
    args: values,
    decode: rows => rows[0]!,
  }
  const db = databaseOf(database.endpoint, [])
  expect(await db.read('fresh', [row])).toEqual([[...values, 1.5]])
})
