import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { expectDone, NOTHING, newRecipient, ONCE, type Recipient } from '../conformance/client.ts'
import { openRelay } from '../conformance/relay.ts'
import { openTestDatabase } from '../support/database.ts'
import { faultyLane, laneFixture } from '../support/faulty-lane.ts'
import { openWorker } from '../support/worker.ts'
import { answered, type OwnWorld, openWorld, readyz, type WorldOptions } from '../support/world.ts'

const VERSION_0 = laneFixture('version-0')
const TODAY = new URL('../../dist/worker/floe-lane/index.js', import.meta.url).pathname
const SOON = { timeout: 40_000, interval: 100 }

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** A Floe with a replica, whose primary stands behind a relay. */
async function openAway(options: WorldOptions) {
  const relay = await openRelay()
  open.push(relay.close)
  const world = await openWorld({ replicas: 1, bindings: { DATABASE_URL: relay.url }, ...options })
  open.push(world.close)
  relay.target = world.database.primaryUrl
  return { world, relay }
}

async function folder(): Promise<string> {
  const dir = await mkdtemp(`${tmpdir()}/floe-test-`)
  open.push(() => rm(dir, { recursive: true, force: true }))
  return dir
}

const click = async (world: OwnWorld, url: string) => {
  const answer = await world.fetch(url, { method: 'POST' })
  return { status: answer.status, text: await answer.text() }
}
const readinessOf = async (world: OwnWorld) => (await readyz(world)).json()

describe('the lane of version 0', () => {
  test('takes today’s clicks, answers today’s checks with the primary away, and says how it stands', async () => {
    const { world, relay } = await openAway({ lane: VERSION_0 })
    const [ada, bob] = [await newRecipient(world), await newRecipient(world)]
    expectDone(await click(world, (await newRecipient(world)).url))
    for (const { address } of [ada, bob])
      expect(await world.check(address)).toMatchObject({ decision: 'allow' })
    const nearby = { topic: 'news', freshness: 'nearby' }
    await expect.poll(() => world.check(bob.address, nearby), SOON).toMatchObject({ decision: 'allow' })
    expect(await readinessOf(world)).toMatchObject({ status: 'ready', lane: { answers: true, depth: 0 } })

    await relay.turn('refuses connections')
    expectDone(await click(world, ada.url))
    expect(await ada.traces()).toEqual(NOTHING)
    for (const more of [{ topic: 'news' }, nearby]) {
      expect(await world.check(ada.address, more)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
      expect(await world.check(bob.address, more)).toMatchObject({ decision: 'allow' })
    }
    expect(await readinessOf(world)).toMatchObject({ lane: { answers: true, depth: 1 } })

    await relay.turn('fair')
    await expect.poll(ada.traces, SOON).toEqual(ONCE)
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
  })

  test.for([
    ['that lane', 'today’s', VERSION_0, TODAY],
    ['today’s lane', 'that one', TODAY, VERSION_0],
  ] as const)(
    'what %s has in its journal alone is written once by %s: an update and a way back',
    async ([, , before, after]) => {
      const { world, relay } = await openAway({ lane: before, persist: await folder() })
      const [ada, bob] = [await newRecipient(world), await newRecipient(world)]
      expectDone(await click(world, bob.url))
      await relay.turn('refuses connections')
      expectDone(await click(world, ada.url))
      await world.redeploy({}, after)
      expect(await world.check(ada.address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
      await relay.turn('fair')
      await expect.poll(ada.traces, SOON).toEqual(ONCE)
      expect(await bob.traces()).toEqual(ONCE)
    },
  )
})

describe('today’s lane', () => {
  /** A click’s request as the Worker of version 0 sent it: one event, and the denial of its address id. */
  const EVENT =
    '{"sql":"INSERT INTO event (id, at, tenant, workspace, type, actor, address_id, subject, data, sealed, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)","args":[{"type":"blob","base64":"AAAAAAPofNC68b9czbZs3A=="},{"type":"integer","value":"1000"},{"type":"integer","value":"1"},{"type":"integer","value":"1"},{"type":"text","value":"suppression.added"},{"type":"text","value":"recipient"},{"type":"blob","base64":"CQkJCQkJCQkJCQkJ"},{"type":"text","value":"sup_AAAAAAAAAAAAAAAAAAAAAAAA"},{"type":"text","value":"{}"},{"type":"null"},{"type":"blob","base64":"dXMCPtW9WC0vh/kYvs3K0sBnmpkh4+YRPy0Kfv1je5o="}]}'
  const DENIAL = 'CQkJCQkJCQkJCQkJAAAAAAAHBQEAAAAAA+j///////8='
  const REQUEST = { statements: [EVENT], denials: { base64: DENIAL }, needsResults: false }
  const BEGINNING = { index: 0, term: 0, at: 0 }
  const NOTHING_KNOWN = { life: 0, first: 0, last: -1 }

  test('answers requests of version 0 in their shape, and writes nothing for one of a version that it does not know', async () => {
    const database = await openTestDatabase()
    open.push(database.close)
    let log = ''
    const worker = await openWorker(
      { DATABASE_URL: database.endpoint.url, REPLICA_URLS: '' },
      { bundle: laneFixture('caller'), lane: TODAY, listen: text => (log += text) },
    )
    open.push(worker.stop)
    const ask = async (...call: unknown[]) => {
      const said = await fetch(worker.url, { method: 'POST', body: JSON.stringify(call) })
      return (await answered(said)).answer
    }
    const events = async () => (await database.sql('SELECT count(*) FROM event'))[0]![0]

    // A lane that has just begun grants nothing until leases of the life before have ended.
    expect(await ask('lease')).toBe(false)
    const UNKNOWN = { version: 1, refused: 'unknown_version' }
    for (const version of [2, 3, 0, -1, 1.5, '1', null, { base64: '' }])
      for (const call of [['commit', REQUEST], ['lease'], ['since', BEGINNING, NOTHING_KNOWN], ['status']])
        expect(await ask(...call, version), `${call[0]} ${version}`).toEqual(UNKNOWN)
    expect(await events()).toBe(0)
    expect(await ask('status')).toMatchObject({ depth: 0, kept: 0 })
    await expect.poll(() => log).toContain('{"event":"lane.unknown_version","version":"2"}')

    expect(await ask('commit', REQUEST)).toEqual({ ok: true, results: [{ rows: [], affected: 1 }] })
    expect(await events()).toBe(1)
    expect(await ask('status')).toEqual({
      availability: 'up',
      depth: 0,
      oldestAt: null,
      deadLetters: 0,
      kept: 1,
      bytes: expect.any(Number),
      committed: 1,
      lost: 0,
    })
    const gap = {
      life: expect.any(Number),
      from: 1024,
      last: 1024,
      entries: [[1024, { base64: DENIAL }]],
      behindSince: expect.any(Number),
    }
    expect(await ask('since', BEGINNING, NOTHING_KNOWN)).toEqual(gap)
    expect(await ask('since', { ...BEGINNING, term: 7 }, NOTHING_KNOWN)).toBeUndefined()
    await expect
      .poll(() => ask('lease'), SOON)
      .toEqual({ index: 1, term: (await database.sql('SELECT epoch FROM lane'))[0]![0] })
    expect(await ask('since', BEGINNING, NOTHING_KNOWN, 1)).toEqual({ version: 1, answer: gap })
    // Who was refused in version 2 may ask again in version 1, and is not taken for a repetition.
    expect(await ask('commit', REQUEST, 2)).toEqual(UNKNOWN)
    const again = { ...REQUEST, statements: [EVENT.replace('AAAAAAPo', 'AAAAAAPp')] }
    expect(await ask('commit', again, 1)).toMatchObject({ version: 1, answer: { ok: true } })
    expect(await events()).toBe(2)
  })
})

test('a read lane of today answers in the version it is asked in, and about the primary it is set to alone', async () => {
  const database = await openTestDatabase()
  open.push(database.close)
  const primary = database.endpoint.url
  const worker = await openWorker(
    { DATABASE_URL: primary, REPLICA_URLS: '' },
    { bundle: laneFixture('caller'), lane: TODAY },
  )
  open.push(worker.stop)
  const ask = async (request: object, ...version: unknown[]) => {
    const said = await fetch(worker.url, {
      method: 'POST',
      body: JSON.stringify(['read', request, ...version]),
    })
    return (await answered(said)).answer
  }
  const statements = ['{"sql":"SELECT count(*) FROM event","args":[]}']
  const none = { ok: true, rows: '[[[{"type":"integer","value":"0"}]]]' }
  expect(await ask({ primary, tenant: 1, statements }, 1)).toEqual({ version: 1, answer: none })
  expect(await ask({ primary, statements }, 1)).toEqual({ version: 1, answer: none })
  expect(await ask({ primary, statements: ['{"sql":"SELEC"}'] }, 1)).toMatchObject({
    answer: { ok: false, why: 'refused' },
  })
  expect(await ask({ primary, statements }, 2)).toEqual({ version: 1, refused: 'unknown_version' })
  for (const other of [`${primary}/`, 'https://elsewhere.example.com', '', undefined])
    expect(await ask({ primary: other, statements }, 1)).toMatchObject({
      answer: { ok: false, why: 'unavailable' },
    })
})

test('with a read lane that is away, silent, of another version or set to another primary, each check is fresh', async () => {
  let log = ''
  const world = await openWorld({ listen: text => (log += text) })
  open.push(world.close)
  const dir = await folder()
  const READ_FAULTS = [
    'answers in version 2',
    'speaks version 2 alone',
    'throws',
    'hangs',
    'has another primary',
    'is not there',
  ]
  for (const [i, fault] of READ_FAULTS.entries()) {
    await world.redeploy({}, fault === 'is not there' ? VERSION_0 : await faultyLane(dir, 'none', fault))
    for (let again = 0; again < 4; again++) {
      const topic = `named-${i}-${again}`
      await world.raw('UPDATE topic SET name = ? WHERE number = ?', [topic, world.topics.news])
      expect(await world.check('ada@example.com', { topic }), fault).toMatchObject({ decision: 'allow' })
    }
    await expect.poll(() => log, { message: fault }).toContain('"event":"read_lane.away"')
    log = ''
  }
})

test('with a lane that is not there, cannot be asked or is not understood, no click is claimed and no check is guessed', async () => {
  let log = ''
  const world = await openWorld({
    lane: laneFixture('faulty'),
    listen: text => (log += text),
  })
  open.push(world.close)
  const dir = await folder()
  const asking = async (ada: Recipient) => {
    log = ''
    const checked = world.call('/v1/check', { topic: 'news', addresses: [ada.address] })
    const [clicked, answer] = await Promise.all([click(world, ada.url), checked])
    expect(await ada.traces()).toEqual(NOTHING)
    return [clicked.status, clicked.text, answer.status, (await answer.json()) as object]
  }
  // What this lane says would be believed in a version that is understood.
  const FAULTS = ['answers in version 2', 'speaks version 2 alone', 'throws', 'hangs', 'is not there']
  const recipients = await Promise.all(FAULTS.map(() => newRecipient(world)))
  expect(await asking(await newRecipient(world))).toMatchObject([
    200,
    'Unsubscribed.\n',
    200,
    { results: [{ decision: 'allow' }] },
  ])

  const notYet = 'Not unsubscribed yet: please try again in a moment.\n'
  for (const [i, fault] of FAULTS.entries()) {
    await world.redeploy({}, fault === 'is not there' ? laneFixture('caller') : await faultyLane(dir, fault))
    expect(await asking(recipients[i]!), fault).toMatchObject([
      503,
      notYet,
      503,
      { code: 'database.unavailable' },
    ])
    if (fault.includes('version')) await expect.poll(() => log).toContain('"event":"lane.unknown_version"')
    else expect(log).not.toContain('lane.unknown_version')
    expect(await readinessOf(world), fault).toMatchObject({
      obstacles: ['lane_unreachable'],
      lane: { answers: false },
    })
  }
})
