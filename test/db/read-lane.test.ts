import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { Fault } from '../../core/fault.ts'
import type { ReadOutcome } from '../../core/write/read-request.ts'
import type { Database } from '../../db/engine/client.ts'
import { type Endpoint, runTogether, StatementRefused, Stream } from '../../db/engine/hrana.ts'
import type { ReadLaneCall } from '../../db/engine/lane-calls.ts'
import type { Query } from '../../db/engine/query.ts'
import { ReadShare } from '../../db/engine/read-share.ts'
import { append } from '../../db/event.ts'
import { ReadPipelines } from '../../worker/lane/read-pipelines.ts'
import { openRelay } from '../conformance/relay.ts'
import { databaseOf, eventOf, laneTo, test } from '../support/database.ts'

const count: Query<number> = {
  sql: 'SELECT count(*) FROM event',
  args: [],
  decode: rows => rows[0]![0] as number,
}
const itself = (value: number): Query<number> => ({
  sql: 'SELECT ?',
  args: [value],
  decode: rows => rows[0]![0] as number,
})

/** The lane's reads of a database, by a stream of its own each. */
const laneOf = (endpoint: Endpoint): { call: ReadLaneCall; pipelines: number[] } => {
  const pipelines: number[] = []
  const lane = new ReadPipelines({
    run(reads, stream) {
      pipelines.push(reads.length)
      return runTogether(endpoint, reads, 2000, stream)
    },
    openStream: () => new Stream(Date.now),
    share: new ReadShare(1024, { fresh: 512, 'may-lag': 0 }),
    clock: Date.now,
  })
  return { call: request => lane.read(request), pipelines }
}

const through = (endpoint: Endpoint, readLane: ReadLaneCall, log?: (event: string) => void): Database =>
  databaseOf(endpoint, [], laneTo(endpoint), { readLane, ...(log && { log }) })

describe('reads through the lane', () => {
  test('find what was written before them, whatever its kind, and share few pipelines', async ({
    database,
  }) => {
    const lane = laneOf(database.endpoint)
    const db = through(database.endpoint, lane.call)
    const values = [null, 0, -1, 2 ** 53 - 1, '', 'ä"\'\0💩', new Uint8Array(), new Uint8Array([0, 255, 128])]
    const row: Query<unknown[]> = {
      sql: `SELECT ${values.map(() => '?').join(', ')}, 1.5`,
      args: values,
      decode: rows => rows[0]!,
    }
    expect(await db.read('fresh', [row, count])).toEqual([[...values, 1.5], 0])
    await db.commit([append(eventOf())])
    const all = await Promise.all(Array.from({ length: 64 }, (_, i) => db.read('fresh', [count, itself(i)])))
    expect(all).toEqual(Array.from({ length: 64 }, (_, i) => [1, i]))
    expect(lane.pipelines).toEqual([1, 1, 1, 62])
  })

  test.for([
    ['names a table that is not there', 'SELECT x FROM nowhere'],
    ['fails while it runs', 'SELECT abs(-9223372036854775808)'],
    ['cannot be parsed', 'SELEC 1'],
    ['is two', 'SELECT 1; SELECT 2'],
    ['is empty', ''],
  ] as const)('of which one %s: it alone is refused, of sixty-four', async ([, sql], { sharedDatabase }) => {
    const db = through(sharedDatabase.endpoint, laneOf(sharedDatabase.endpoint).call)
    const wrong = { ...count, sql }
    const all = await Promise.allSettled(
      Array.from({ length: 64 }, (_, i) =>
        db.read('fresh', [itself(i), i === 40 ? wrong : count, itself(1000 + i)]),
      ),
    )
    for (const [i, answer] of all.entries()) {
      if (i === 40) expect(answer).toMatchObject({ reason: expect.any(StatementRefused) })
      else expect(answer).toEqual({ status: 'fulfilled', value: [i, 0, 1000 + i] })
    }
    expect(await db.read('fresh', [itself(7)])).toEqual([7])
  })

  test('of which one has half a character, and one a number that no database has, spoil no other', async ({
    sharedDatabase,
  }) => {
    const lane = laneOf(sharedDatabase.endpoint)
    const db = through(sharedDatabase.endpoint, lane.call)
    const text = (value: string): Query<unknown> => ({
      sql: 'SELECT ?',
      args: [value],
      decode: rows => rows[0]![0],
    })
    const numbers = [1.5, 1e21, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]
    const all = await Promise.allSettled([
      ...['half\ud83d', '\udc86half', 'whole🦆'].map(half => db.read('fresh', [itself(1), text(half)])),
      ...numbers.map(number => db.read('fresh', [itself(number)])),
      ...Array.from({ length: 8 }, (_, i) => db.read('fresh', [itself(i)])),
    ])
    expect(all).toEqual([
      ...['half\ufffd', '\ufffdhalf', 'whole🦆'].map(value => ({ status: 'fulfilled', value: [1, value] })),
      ...numbers.map(() => ({ status: 'rejected', reason: expect.any(StatementRefused) })),
      ...Array.from({ length: 8 }, (_, i) => ({ status: 'fulfilled', value: [i] })),
    ])
    expect(lane.pipelines).toEqual([1, 1, 9])
  })

  test('whose rows are together more than the server answers at once are each answered', async ({
    sharedDatabase,
  }) => {
    const { call } = laneOf(sharedDatabase.endpoint)
    const long = '{"sql":"SELECT hex(zeroblob(100000))","args":[]}'
    const reads = Array.from({ length: 64 }, (_, i) =>
      call({ primary: '', tenant: 1, statements: [`{"sql":"SELECT '${i}'","args":[]}`, long] }),
    )
    const zeros = '0'.repeat(200_000)
    for (const [i, answer] of (await Promise.all(reads)).entries()) {
      const rows = `[[[{"type":"text","value":"${i}"}]],[[{"type":"text","value":"${zeros}"}]]]`
      expect(answer.ok && answer.rows === rows).toBe(true)
    }
  })

  test('of a tenant that asks four hundred at once leave the next place to another’s one', async ({
    sharedDatabase,
  }) => {
    const { call } = laneOf(sharedDatabase.endpoint)
    const statements = Array.from({ length: 4 }, () => '{"sql":"SELECT 1","args":[]}')
    const read = (tenant: number) => call({ primary: sharedDatabase.endpoint.url, tenant, statements })
    let answered = 0
    const crowd = Array.from({ length: 400 }, () => read(1).then(() => answered++))
    await read(2)
    expect(answered).toBeLessThan(100)
    await Promise.all(crowd)
  })

  test('are not those of long lists, which ask the database by themselves', async ({ sharedDatabase }) => {
    const lane = laneOf(sharedDatabase.endpoint)
    const db = through(sharedDatabase.endpoint, lane.call)
    const list: Query<number> = { ...itself(0), sql: 'SELECT length(?)', args: [new Uint8Array(12 * 1024)] }
    expect(await db.read('fresh', [{ ...itself(5), long: true }])).toEqual([5])
    expect(await db.read('fresh', [list])).toEqual([12 * 1024])
    expect(await db.read('may-lag', [itself(6)])).toEqual([6])
    expect(lane.pipelines).toEqual([])
  })
})

describe('a read lane', () => {
  const unavailable: ReadOutcome = {
    ok: false,
    why: 'unavailable',
    detail: 'the database is not to be reached',
  }
  const silence = () => new Promise<never>(() => undefined)

  test.for<[what: string, fault: ReadLaneCall]>([
    ['throws', () => Promise.reject(new Error('not today'))],
    ['has no answer', async () => unavailable],
    ['is silent', silence],
  ])(
    'that %s is asked no more after three times, and reads find what is new without it',
    async ([, fault], { database }) => {
      let asked = 0
      const logged: string[] = []
      const readLane: ReadLaneCall = request => {
        asked++
        return fault(request)
      }
      const db = through(database.endpoint, readLane, event => logged.push(event))
      for (let events = 1; events <= 5; events++) {
        await db.commit([append(eventOf())])
        expect(await db.read('fresh', [count])).toEqual([events])
      }
      expect([asked, logged]).toEqual([3, ['read_lane.away']])
    },
  )

  test('that is cut off from the primary delays a read and keeps nothing from it', async ({ database }) => {
    const relay = await openRelay()
    relay.target = database.endpoint.url
    const lane = laneOf({ url: relay.url })
    const db = through(database.endpoint, lane.call)
    expect(await db.read('fresh', [count])).toEqual([0])
    await relay.turn('takes requests and stays silent')
    await db.commit([append(eventOf())])
    expect(await db.read('fresh', [count])).toEqual([1])
    await relay.turn('refuses connections')
    await db.commit([append(eventOf())])
    expect(await db.read('fresh', [count])).toEqual([2])
    await relay.turn('fair')
    await db.commit([append(eventOf())])
    expect(await db.read('fresh', [count])).toEqual([3])
    await relay.close()
  })

  test('that is late is still believed where the primary says nothing either', async ({ sharedDatabase }) => {
    const relay = await openRelay()
    relay.target = sharedDatabase.endpoint.url
    await relay.turn('takes requests and stays silent')
    const { call } = laneOf(sharedDatabase.endpoint)
    const late: ReadLaneCall = async request => {
      await sleep(500)
      return call(request)
    }
    expect(await through({ url: relay.url }, late).read('fresh', [itself(3)])).toEqual([3])
    await relay.close()
  })

  test('is away with the primary: the read says so, and is not guessed', async ({ sharedDatabase }) => {
    const relay = await openRelay()
    relay.target = sharedDatabase.endpoint.url
    const db = through({ url: relay.url }, laneOf({ url: relay.url }).call)
    for (const weather of ['refuses connections', 'loses the answer after the database has acted'] as const) {
      await relay.turn(weather)
      const { detail } = await db.read('fresh', [count]).then(
        () => expect.unreachable(),
        (error: Fault) => error,
      )
      expect(detail).toEqual({ code: 'database.unavailable' })
    }
    await relay.close()
  })

  test('that is silent because the primary is gets no stream opened for each read that waits', async () => {
    let asked = 0
    const primary = createServer(() => asked++)
    await new Promise<void>(resolve => primary.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(primary.address() as AddressInfo).port}`
    const db = through({ url }, silence)
    const reads = await Promise.allSettled(Array.from({ length: 64 }, () => db.read('fresh', [count])))
    for (const { status } of reads) expect(status).toBe('rejected')
    expect(asked).toBeLessThanOrEqual(4)
    primary.closeAllConnections()
    primary.close()
  })

  test('that is full is not gone past: the caller is told to come back', async ({ sharedDatabase }) => {
    const full = async (): Promise<ReadOutcome> => ({ ok: false, why: 'overloaded', detail: 'full' })
    const db = through(sharedDatabase.endpoint, full)
    for (let i = 0; i < 5; i++)
      await expect(db.read('fresh', [count])).rejects.toEqual(new Fault({ code: 'overloaded' }))
  })
})
