import pLimit from 'p-limit'
import { describe, expect, vi } from 'vitest'
import { openKeyring, parseKeyring } from '../../core/keys.ts'
import { mintToken } from '../../core/token.ts'
import { startNode } from '../../local/cluster.ts'
import { freePorts } from '../../local/port.ts'
import { newSecrets } from '../../local/secrets.ts'
import { TOPIC_LINKS } from '../../worker/domain/topic-links.ts'
import { createEdge, type EdgeDeps } from '../../worker/edge-routes.ts'
import { pathOf } from '../../worker/http/route.ts'
import { Metrics } from '../../worker/telemetry/metrics.ts'
import { observe } from '../../worker/telemetry/observe.ts'
import { freeze } from '../support/freeze.ts'
import { answered, test as base, type Floe, type OwnWorld, openFloe, type World } from '../support/world.ts'
import { expectDone, NOTHING, newRecipient, ONCE, type Recipient, recipientOf } from './client.ts'
import { openRelay, type Relay, type Weather } from './relay.ts'

/** Android clients give up after this long, and say that it failed. */
const PATIENCE_MS = 5000

/** Clicks as a mail client does. */
const click = async (world: Pick<World, 'url'>, url: string) => {
  const path = url.replace(/^https:\/\/[^/]+/, '')
  const answer = await fetch(`${world.url}${path}`, { method: 'POST', redirect: 'manual' })
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() }
}

const NOT_YET = {
  status: 503,
  retryAfter: expect.stringMatching(/^[1-9]\d*$/),
  text: 'Not unsubscribed yet: please try again in a moment.\n',
}

interface Far {
  floe: Floe
  /** What stands on the way to its database. */
  relay: Relay
}

async function openFar(): Promise<Far> {
  const relay = await openRelay()
  const floe = await openFloe({ bindings: { DATABASE_URL: relay.url } })
  relay.target = floe.next().database.primaryUrl
  return { floe, relay }
}

/** So many tests at a time, each with a Floe to itself, for mostly they wait. */
const AT_A_TIME = 3

/** A test with a Floe whose way to its database leads through the weather. */
const test = base
  .extend<{ $file: { floes: { lend(use: (far: Far) => Promise<void>): Promise<void> } } }>({
    floes: [
      async ({}, use) => {
        const opened: Far[] = []
        const free: Far[] = []
        const limit = pLimit(AT_A_TIME)
        await use({
          lend: borrow =>
            limit(async () => {
              const known = free.pop()
              const far = known ?? (await openFar())
              if (!known) opened.push(far)
              await borrow(far)
              await far.relay.turn('fair')
              free.push(far)
            }),
        })
        for (const { floe, relay } of opened) {
          await floe.close()
          await relay.close()
        }
      },
      { scope: 'file' },
    ],
  })
  .extend<{ storm: { world: OwnWorld; relay: Relay } }>({
    storm: ({ floes }, use) => floes.lend(({ floe, relay }) => use({ world: floe.next(), relay })),
  })

/** Waits until there is one trace of somebody: what was accepted is applied soon after the database is back. */
const applied = ({ traces }: Recipient) =>
  vi.waitFor(async () => expect(await traces()).toEqual(ONCE), { timeout: 60_000, interval: 20 })

/** Waits until the lane has its word from the database itself, whatever the weather was before. */
async function settled(world: World): Promise<void> {
  const recipient = await newRecipient(world)
  while ((await click(world, recipient.url)).status !== 200);
  await applied(recipient)
}

const failures: Weather[] = [
  'refuses connections',
  'takes requests and stays silent',
  'cuts the connection before the database is asked',
  'loses the answer after the database has acted',
  'answers 500',
  'answers nonsense',
]

describe.concurrent('whatever the database does, a click is answered within 5 s', () => {
  test.for(failures)(
    'the way there %s, and the Worker has just started: 503 and when to come back, and the same click works afterwards',
    async (weather, { storm: { world, relay } }) => {
      await world.restartWorker()
      const ada = await newRecipient(world)
      await relay.turn(weather)
      for (const again of ['once', 'and again']) expect(await click(world, ada.url), again).toEqual(NOT_YET)
      expect(await ada.traces()).toEqual(NOTHING)
      await relay.turn('fair')
      expectDone(await click(world, ada.url))
      expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
      await applied(ada)
    },
  )

  test.for([...failures, 'lets reads through and writes hang' as const])(
    'the way there %s, and it was fine before: done, denied by the next check that is answered, and in the database once',
    async (weather, { storm: { world, relay } }) => {
      const ada = await newRecipient(world)
      await settled(world)
      await relay.turn(weather)
      for (const _ of ['once', 'and again']) expectDone(await click(world, ada.url))
      const answer = await world.call('/v1/check', { topic: 'news', addresses: [ada.address] })
      if (weather === 'lets reads through and writes hang')
        expect((await answered(answer)).results).toMatchObject([{ decision: 'deny' }])
      else expect(answer.status).toBe(503)
      const { suppressions, events } = await ada.traces()
      expect(events).toBe(suppressions)
      await relay.turn('fair')
      expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
      await applied(ada)
      expectDone(await click(world, ada.url))
      expect(await ada.traces()).toEqual(ONCE)
    },
  )

  test('the way there brings every answer 1.8 s late: done or not yet, never a silence and never a lie', async ({
    storm: { world, relay },
  }) => {
    const recipients = await Promise.all([1, 2, 3].map(() => newRecipient(world)))
    await settled(world)
    await relay.turn('brings every answer 1.8 s late')
    const answers = await Promise.all(recipients.map(({ url }) => click(world, url)))
    for (const [i, answer] of answers.entries()) {
      if (answer.status === 200) await applied(recipients[i]!)
      else expect(answer).toEqual(NOT_YET)
    }
    await relay.turn('fair')
    for (const recipient of recipients) {
      expectDone(await click(world, recipient.url))
      await applied(recipient)
    }
  })

  test('a database that stands still: done for one click and for forty, and all of them are in it once it moves on', async ({
    storm: { world },
  }) => {
    const [pid] = world.database.pids as [number]
    await settled(world)
    for (const many of [1, 40]) {
      const recipients = await Promise.all(Array.from({ length: many }, () => newRecipient(world)))
      await freeze(pid)
      try {
        for (const answer of await Promise.all(recipients.map(({ url }) => click(world, url))))
          expectDone(answer)
      } finally {
        process.kill(pid, 'SIGCONT')
      }
      for (const recipient of recipients) await applied(recipient)
    }
  })

  test('a database that another writer holds: done, and in it once that is gone', async ({
    storm: { world },
  }) => {
    const ada = await newRecipient(world)
    await settled(world)
    const pipeline = async (sql: string, baton: string | null): Promise<string | null> => {
      const body = JSON.stringify({ baton, requests: [{ type: 'execute', stmt: { sql } }] })
      const answer = await fetch(`${world.database.primaryUrl}/v3/pipeline`, { method: 'POST', body })
      return (await answered(answer)).baton
    }
    const baton = await pipeline('BEGIN IMMEDIATE', null)
    expect(baton).toEqual(expect.any(String))
    expectDone(await click(world, ada.url))
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
    await pipeline('ROLLBACK', baton).catch(() => undefined)
    await applied(ada)
  })

  test('a database that is killed: what was acknowledged is there when it is back, whether it had it or not', async ({
    ownWorld: world,
  }) => {
    const [before, during] = [await newRecipient(world), await newRecipient(world)]
    expectDone(await click(world, before.url))
    process.kill(world.database.pids[0]!, 'SIGKILL')
    expectDone(await click(world, during.url))
    const [grpcPort] = (await freePorts(1)) as [number]
    const httpPort = Number(new URL(world.endpoint.url).port)
    const revived = await startNode({ dir: `${world.dir}/primary`, httpPort, grpcPort })
    try {
      const addresses = [before.address, during.address]
      const { results } = await answered(await world.call('/v1/check', { topic: 'news', addresses }))
      expect(results.map(({ decision }: { decision: string }) => decision)).toEqual(['deny', 'deny'])
      for (const recipient of [before, during]) await applied(recipient)
      expectDone(await click(world, during.url))
      for (const { traces } of [before, during]) expect(await traces()).toEqual(ONCE)
    } finally {
      await revived.stop()
    }
  })
})

test('a click takes less than 5 s by the Worker’s own clock, though neither its database says anything nor its body ends', async () => {
  vi.useFakeTimers()
  try {
    const keyring = openKeyring(parseKeyring(newSecrets().tokenKeys)!)
    const silence = () => new Promise<never>(() => undefined)
    const deps = {
      db: { read: silence, commit: silence },
      keyring,
      places: new Map(),
      clock: Date.now,
      metrics: new Metrics({ worker: 'floe', isolate: 'one', build: 'local', commit: 'unknown' }),
      background: () => undefined,
      log: () => undefined,
      writeLine: () => undefined,
    } as unknown as EdgeDeps
    const claim = { topic: 1, addressId: new Uint8Array(12), ref: new Uint8Array() }
    const request = new Request(`https://floe.example.com/u/${mintToken(keyring, 'unsubscribe', claim)}`, {
      method: 'POST',
      body: new ReadableStream({ start: stream => stream.enqueue(new Uint8Array(1)) }),
      duplex: 'half',
    } as RequestInit)
    let answer: Response | undefined
    const asked = {
      deps,
      app: createEdge(deps),
      request,
      path: pathOf(request),
      route: 'POST /u/:token',
      links: TOPIC_LINKS,
    }
    void observe(asked, {} as ExecutionContext).then(response => {
      answer = response
    })
    await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1)
    expect([answer?.status, await answer?.text()]).toEqual([503, NOT_YET.text])
  } finally {
    vi.useRealTimers()
  }
})

describe.concurrent('a check of somebody who left', () => {
  test.for(failures)(
    'is an error and never an allow while the way to the database %s',
    async (weather, { storm: { world, relay } }) => {
      const ada = await recipientOf(world, 'ada@example.com')
      await settled(world)
      expectDone(await click(world, ada.url))
      await relay.turn(weather)
      const answer = await world.call('/v1/check', { topic: 'news', addresses: [ada.address] })
      expect(answer.status).toBe(503)
      expect(await answer.text()).not.toMatch(/allow|decision|results/)
      await relay.turn('fair')
      expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
    },
  )
})
