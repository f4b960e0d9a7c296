import { describe, expect } from 'vitest'
import { startNode } from '../../db/local.ts'
import { seed } from '../../db/seed.ts'
import { freePorts } from '../../local/port.ts'
import { newSecrets } from '../../local/secrets.ts'
import { serveWorker } from '../../local/serve-worker.ts'
import { openTestDatabase } from '../support/database.ts'
import { answered, openWorld, test, type World } from '../support/world.ts'
import { expectDone, NOTHING, newRecipient, ONCE, recipientOf } from './client.ts'
import { openRelay, type Relay, type Weather } from './relay.ts'

/** Android clients give up after this long, and say that it failed. */
const PATIENCE_MS = 5000

/** Clicks as an impatient client does: no answer in time is a failure of the test. */
const click = async (world: Pick<World, 'url'>, url: string) => {
  const path = url.replace(/^https:\/\/[^/]+/, '')
  const answer = await fetch(`${world.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() }
}

const NOT_YET = {
  status: 503,
  retryAfter: expect.stringMatching(/^[1-9]\d*$/),
  text: 'Not unsubscribed yet: please try again in a moment.\n',
}

async function withRelay(act: (world: World, relay: Relay) => Promise<void>): Promise<void> {
  const relay = await openRelay()
  const world = await openWorld({ bindings: { DATABASE_URL: relay.url } })
  relay.target = world.database.primaryUrl
  try {
    await act(world, relay)
  } finally {
    await world.close()
    await relay.close()
  }
}

const failures: Weather[] = [
  'refuses connections',
  'takes requests and stays silent',
  'cuts the connection before the database is asked',
  'loses the answer after the database has acted',
  'answers 500',
  'answers nonsense',
]

describe('whatever the database does, a click is answered within 5 s', () => {
  test.for(failures)(
    'the way there %s: 503 and when to come back, nothing half written, and the same click works afterwards',
    weather =>
      withRelay(async (world, relay) => {
        // The first meets a Worker that has just started, the second one that has clicked before.
        for (const first of [true, false]) {
          const ada = await newRecipient(world)
          if (!first) expectDone(await click(world, (await newRecipient(world)).url))
          await relay.turn(weather)
          for (const again of ['once', 'and again'])
            expect(await click(world, ada.url), again).toEqual(NOT_YET)
          const { suppressions, events } = await ada.traces()
          expect(events).toBe(suppressions)
          await relay.turn('fair')
          expectDone(await click(world, ada.url))
          expect(await ada.traces()).toEqual(ONCE)
          expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
        }
      }),
  )

  test('the way there brings every answer 1.8 s late: done or not yet, never a silence and never a lie', () =>
    withRelay(async (world, relay) => {
      const recipients = await Promise.all([1, 2, 3].map(() => newRecipient(world)))
      await relay.turn('brings every answer 1.8 s late')
      const answers = await Promise.all(recipients.map(({ url }) => click(world, url)))
      for (const [i, answer] of answers.entries()) {
        if (answer.status === 200) expect(await recipients[i]!.traces()).toEqual(ONCE)
        else expect(answer).toEqual(NOT_YET)
      }
      await relay.turn('fair')
      for (const { url, traces } of recipients) {
        expectDone(await click(world, url))
        expect(await traces()).toEqual(ONCE)
      }
    }))

  test('a database that stands still: 503 for one click and for forty, and all of them work once it moves on', async ({
    world,
  }) => {
    const [pid] = world.database.pids as [number]
    for (const many of [1, 40]) {
      const recipients = await Promise.all(Array.from({ length: many }, () => newRecipient(world)))
      process.kill(pid, 'SIGSTOP')
      try {
        for (const answer of await Promise.all(recipients.map(({ url }) => click(world, url))))
          expect(answer).toEqual(NOT_YET)
      } finally {
        process.kill(pid, 'SIGCONT')
      }
      for (const { url, traces } of recipients) {
        expectDone(await click(world, url))
        expect(await traces()).toEqual(ONCE)
      }
    }
  })

  test('a database that another writer holds: done or not yet, and done once it is free', async ({
    world,
  }) => {
    const ada = await newRecipient(world)
    const pipeline = async (sql: string, baton: string | null): Promise<string | null> => {
      const body = JSON.stringify({ baton, requests: [{ type: 'execute', stmt: { sql } }] })
      const answer = await fetch(`${world.database.primaryUrl}/v3/pipeline`, { method: 'POST', body })
      return (await answered(answer)).baton
    }
    const baton = await pipeline('BEGIN IMMEDIATE', null)
    expect(baton).toEqual(expect.any(String))
    const answer = await click(world, ada.url)
    if (answer.status === 200) expect(await ada.traces()).toEqual(ONCE)
    else expect([answer, await ada.traces()]).toEqual([NOT_YET, NOTHING])
    await pipeline('ROLLBACK', baton).catch(() => undefined)
    expectDone(await click(world, ada.url))
    expect(await ada.traces()).toEqual(ONCE)
  })

  test('a database that is killed: what was acknowledged is there when it is back, and what was not works then', async () => {
    const database = await openTestDatabase()
    const secrets = newSecrets()
    const { apiKey } = await seed(database.endpoint.url, secrets)
    const worker = await serveWorker({
      port: 0,
      bindings: {
        BASE_URL: 'https://floe.example.com',
        DATABASE_URL: database.endpoint.url,
        REPLICA_URLS: '',
        TOKEN_KEYS: secrets.tokenKeys,
        INDEX_KEY: secrets.indexKey,
        DATA_KEY: secrets.dataKey,
        RECEIPT_KEYS: secrets.receiptKeys,
      },
    })
    const call = async (path: string, body: object) => {
      const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
      return fetch(`${worker.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    }
    let revived: { stop(): Promise<void> } | undefined
    try {
      const addresses = ['before@example.com', 'during@example.com']
      const { links } = await answered(await call('/v1/links', { topic: 'news', recipients: addresses }))
      const [before, during] = links.map((link: { unsubscribeUrl: string }) => link.unsubscribeUrl)
      expectDone(await click(worker, before))
      process.kill(database.cluster.pids[0]!, 'SIGKILL')
      expect(await click(worker, during)).toEqual(NOT_YET)
      const [grpcPort] = (await freePorts(1)) as [number]
      const httpPort = Number(new URL(database.endpoint.url).port)
      revived = await startNode({ dir: `${database.dir}/primary`, httpPort, grpcPort })
      const decisions = async () => {
        const { results } = await answered(await call('/v1/check', { topic: 'news', addresses }))
        return results.map(({ decision }: { decision: string }) => decision)
      }
      expect(await decisions()).toEqual(['deny', 'allow'])
      expectDone(await click(worker, during))
      expect(await decisions()).toEqual(['deny', 'deny'])
      expect(await database.sql('SELECT count(*) FROM suppression')).toEqual([[2]])
    } finally {
      await worker.stop()
      await revived?.stop()
      await database.close()
    }
  })
})

describe('a check of somebody who left', () => {
  test.for(failures)('is an error and never an allow while the way to the database %s', weather =>
    withRelay(async (world, relay) => {
      const ada = await recipientOf(world, 'ada@example.com')
      expectDone(await click(world, ada.url))
      await relay.turn(weather)
      const answer = await world.call('/v1/check', { topic: 'news', addresses: [ada.address] })
      expect(answer.status).toBe(503)
      expect(await answer.text()).not.toMatch(/allow|decision|results/)
      await relay.turn('fair')
      expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
    }),
  )
})
