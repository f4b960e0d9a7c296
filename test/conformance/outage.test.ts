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

/** What was accepted is applied soon after the database is back. */
const SOON = { timeout: 20_000, interval: 100 }

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
    'the way there %s, and the Worker has just started: 503 and when to come back, and the same click works afterwards',
    weather =>
      withRelay(async (world, relay) => {
        const ada = await newRecipient(world)
        await relay.turn(weather)
        for (const again of ['once', 'and again']) expect(await click(world, ada.url), again).toEqual(NOT_YET)
        expect(await ada.traces()).toEqual(NOTHING)
        await relay.turn('fair')
        expectDone(await click(world, ada.url))
        expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
        await expect.poll(ada.traces, SOON).toEqual(ONCE)
      }),
  )

  test.for([...failures, 'lets reads through and writes hang' as const])(
    'the way there %s, and it was fine before: done, denied by the next check that is answered, and in the database once',
    weather =>
      withRelay(async (world, relay) => {
        const ada = await newRecipient(world)
        expectDone(await click(world, (await newRecipient(world)).url))
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
        await expect.poll(ada.traces, SOON).toEqual(ONCE)
        expectDone(await click(world, ada.url))
        expect(await ada.traces()).toEqual(ONCE)
      }),
  )

  test('the way there brings every answer 1.8 s late: done or not yet, never a silence and never a lie', () =>
    withRelay(async (world, relay) => {
      const recipients = await Promise.all([1, 2, 3].map(() => newRecipient(world)))
      await relay.turn('brings every answer 1.8 s late')
      const answers = await Promise.all(recipients.map(({ url }) => click(world, url)))
      for (const [i, answer] of answers.entries()) {
        if (answer.status === 200) await expect.poll(recipients[i]!.traces, SOON).toEqual(ONCE)
        else expect(answer).toEqual(NOT_YET)
      }
      await relay.turn('fair')
      for (const { url, traces } of recipients) {
        expectDone(await click(world, url))
        await expect.poll(traces, SOON).toEqual(ONCE)
      }
    }))

  test('a database that stands still: done for one click and for forty, and all of them are in it once it moves on', async ({
    world,
  }) => {
    const [pid] = world.database.pids as [number]
    expectDone(await click(world, (await newRecipient(world)).url))
    for (const many of [1, 40]) {
      const recipients = await Promise.all(Array.from({ length: many }, () => newRecipient(world)))
      process.kill(pid, 'SIGSTOP')
      try {
        for (const answer of await Promise.all(recipients.map(({ url }) => click(world, url))))
          expectDone(answer)
      } finally {
        process.kill(pid, 'SIGCONT')
      }
      for (const { traces } of recipients) await expect.poll(traces, SOON).toEqual(ONCE)
    }
  })

  test('a database that another writer holds: done, and in it once that is gone', async ({ world }) => {
    const ada = await newRecipient(world)
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
    await expect.poll(ada.traces, SOON).toEqual(ONCE)
  })

  test('a database that is killed: what was acknowledged is there when it is back, whether it had it or not', async () => {
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
        KEY_ENCRYPTION_KEYS: secrets.keyEncryptionKeys,
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
      expectDone(await click(worker, during))
      const [grpcPort] = (await freePorts(1)) as [number]
      const httpPort = Number(new URL(database.endpoint.url).port)
      revived = await startNode({ dir: `${database.dir}/primary`, httpPort, grpcPort })
      const decisions = async () => {
        const { results } = await answered(await call('/v1/check', { topic: 'news', addresses }))
        return results.map(({ decision }: { decision: string }) => decision)
      }
      expect(await decisions()).toEqual(['deny', 'deny'])
      await expect.poll(() => database.sql('SELECT count(*) FROM suppression'), SOON).toEqual([[2]])
      expectDone(await click(worker, during))
      expect(await database.sql('SELECT count(*) FROM event WHERE address_id IS NOT NULL')).toEqual([[2]])
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
