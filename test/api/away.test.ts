import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { expectDone, newRecipient, ONCE } from '../conformance/client.ts'
import { openRelay, type Relay } from '../conformance/relay.ts'
import { answered, openWorld, type World } from '../support/world.ts'

const SOON = { timeout: 20_000, interval: 100 }

/** A world with a replica, whose primary stands behind a relay. */
async function withReplica(act: (world: World, relay: Relay) => Promise<void>): Promise<void> {
  const relay = await openRelay()
  const world = await openWorld({ replicas: 1, bindings: { DATABASE_URL: relay.url } })
  relay.target = world.database.primaryUrl
  try {
    await act(world, relay)
  } finally {
    await world.close()
    await relay.close()
  }
}

const click = (world: World, url: string) =>
  world
    .fetch(url, { method: 'POST' })
    .then(async answer => ({ status: answer.status, text: await answer.text() }))

/** What is read before the primary goes away: a replica has it a moment later. */
const untilReplicated = (world: World, number: number) =>
  expect
    .poll(async () => {
      const answer = await fetch(`${world.database.replicaUrls[0]}/v3/pipeline`, {
        method: 'POST',
        body: JSON.stringify({
          requests: [{ type: 'execute', stmt: { sql: 'SELECT committed FROM lane' } }, { type: 'close' }],
        }),
      })
      return Number((await answered(answer)).results[0].response?.result.rows[0][0].value ?? -1)
    }, SOON)
    .toBeGreaterThanOrEqual(number)

const committed = async (world: World) => Number((await world.sql('SELECT committed FROM lane'))[0]![0])

describe('with the primary away and a replica there', () => {
  test('every way to say stop works, counts at once, and is in the database once when it is back', () =>
    withReplica(async (world, relay) => {
      const [ada, bob, eve, kim, joe] = await Promise.all([1, 2, 3, 4, 5].map(() => newRecipient(world)))
      const before = await newRecipient(world)
      expectDone(await click(world, before.url))
      await untilReplicated(world, await committed(world))
      await relay.turn('refuses connections')

      expectDone(await click(world, ada!.url))
      const { preferencesUrl } = await world.links(bob!.address)
      const saved = await world.fetch(preferencesUrl, {
        method: 'POST',
        body: new URLSearchParams({ act: 'stop' }),
      })
      expect(saved.status).toBe(303)
      expect(await (await world.fetch(preferencesUrl)).text()).toContain('Everything is off.')
      const page = await world.fetch(`${eve!.url}/page`, {
        method: 'POST',
        body: new URLSearchParams({ scope: 'topic' }),
      })
      expect(await page.text()).toContain('You are unsubscribed')
      const withdrawn = await world.call('/v1/consents/withdraw', { address: kim!.address })
      expect(await answered(withdrawn)).toEqual({ outcome: 'accepted' })
      const entries = [{ address: joe!.address, scope: 'workspace', reason: 'complained' }]
      const suppressed = await answered(await world.call('/v1/suppressions', { entries }))
      expect(suppressed.results).toMatchObject([{ outcome: 'accepted', id: expect.stringMatching(/^sup_/) }])

      const addresses = [before, ada, bob, eve, kim, joe].map(each => each!.address)
      const decisions = async (topic: string) => {
        const { results } = await answered(await world.call('/v1/check', { topic, addresses }))
        return results.map(
          ({ decision, reason }: { decision: string; reason?: string }) => reason ?? decision,
        )
      }
      const news = [
        'unsubscribed',
        'unsubscribed',
        'unsubscribed',
        'unsubscribed',
        'unsubscribed',
        'complained',
      ]
      expect(await decisions('news')).toEqual(news)
      const offers = ['allow', 'allow', 'unsubscribed', 'allow', 'unsubscribed', 'complained']
      expect(await decisions('offers')).toEqual(offers)

      await relay.turn('fair')
      expect([await decisions('news'), await decisions('offers')]).toEqual([news, offers])
      await expect
        .poll(() => world.sql("SELECT count(*) FROM event WHERE type = 'suppression.added'"), SOON)
        .toEqual([[6]])
      expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[6]])
      expect([await decisions('news'), await decisions('offers')]).toEqual([news, offers])
    }))

  test('nothing is lifted or confirmed before the database has it', () =>
    withReplica(async (world, relay) => {
      const ada = await newRecipient(world)
      const entries = [{ address: ada.address, scope: 'workspace', reason: 'manual' }]
      const added = await answered(await world.call('/v1/suppressions', { entries }))
      await untilReplicated(world, await committed(world))
      await relay.turn('refuses connections')
      const lifted = await world.call(`/v1/suppressions/${added.results[0].id}`, undefined, {
        method: 'DELETE',
      })
      expect(await answered(lifted)).toMatchObject({ outcome: 'accepted' })
      expect(await world.check(ada.address)).toMatchObject({ decision: 'deny', reason: 'manual' })
      await relay.turn('fair')
      await expect
        .poll(() => world.check(ada.address), SOON)
        .toEqual({ address: ada.address, decision: 'allow' })
    }))

  test('a check is answered by a replica that stood still since before an unsubscribe: denied, or not at all', () =>
    withReplica(async (world, relay) => {
      const [ada, eve] = [await newRecipient(world), await newRecipient(world)]
      expectDone(await click(world, eve.url))
      await untilReplicated(world, await committed(world))
      process.kill(world.database.pids[1]!, 'SIGSTOP')
      expectDone(await click(world, ada.url))
      await relay.turn('refuses connections')
      process.kill(world.database.pids[1]!, 'SIGCONT')
      for (let i = 0; i < 10; i++) {
        const answer = await world.call('/v1/check', {
          topic: 'news',
          addresses: [ada.address, eve.address],
        })
        expect((await answered(answer)).results).toMatchObject([{ decision: 'deny' }, { decision: 'deny' }])
      }
    }))
})

describe('more questions at once than an isolate bears', () => {
  /** More than the 128 fresh reads that an isolate has on their way at most. */
  const MANY = 160

  test('are sent away at once, and the others and every click are answered', () =>
    withReplica(async (world, relay) => {
      // One whose topic the Worker knows, and one whose topic it has to ask for.
      const [known, unknown] = [await newRecipient(world), await newRecipient(world, 'offers')]
      expectDone(await click(world, (await newRecipient(world)).url))
      await untilReplicated(world, await committed(world))
      await relay.turn('takes requests and stays silent')
      const asks = Array.from({ length: MANY }, () => world.call('/v1/check', { addresses: [known.address] }))
      const clicks = [known, unknown].map(({ url }) => click(world, url))
      const answers = await Promise.all(
        asks.map(async ask => {
          const answer = await ask
          const { code = 'answered' } = (await answer.json()) as { code?: string }
          return `${answer.status} ${code} ${answer.headers.get('retry-after')}`
        }),
      )
      for (const done of clicks) expectDone(await done)
      const shed = answers.filter(answer => answer === '503 overloaded 1')
      expect(shed.length).toBeGreaterThanOrEqual(MANY - 128 - 8)
      expect(shed.length).toBeLessThanOrEqual(MANY - 100)
      expect(
        answers.filter(answer => answer !== '503 overloaded 1' && answer !== '200 answered null'),
      ).toEqual([])
      await relay.turn('fair')
      for (const [{ address }, topic] of [
        [known, 'news'],
        [unknown, 'offers'],
      ] as const)
        expect(await world.check(address, { topic })).toMatchObject({ decision: 'deny' })
    }))
})

describe('a check that asks nearby', () => {
  test('is answered without the primary, and says as of when', () =>
    withReplica(async (world, relay) => {
      const ada = await newRecipient(world)
      expectDone(await click(world, ada.url))
      await untilReplicated(world, await committed(world))
      await relay.turn('refuses connections')
      const body = { topic: 'news', addresses: [ada.address], freshness: 'nearby' }
      const { asOf, results } = await answered(await world.call('/v1/check', body))
      expect(results).toMatchObject([{ decision: 'deny', reason: 'unsubscribed' }])
      const [[at]] = (await world.sql('SELECT at FROM lane')) as [[number]]
      expect(Date.parse(asOf)).toBe(at)
    }))

  test('refuses any other freshness', () =>
    withReplica(async world => {
      const body = { topic: 'news', addresses: ['ada@example.com'], freshness: 'soon' }
      const answer = await world.call('/v1/check', body)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ errors: [{ field: 'freshness' }] })
    }))
})

test('a Worker that ends with acts in its journal alone goes on with them when it starts again, unasked', async () => {
  const dir = await mkdtemp(`${tmpdir()}/floe-test-`)
  const relay = await openRelay()
  const world = await openWorld({ bindings: { DATABASE_URL: relay.url }, persist: dir })
  relay.target = world.database.primaryUrl
  try {
    const ada = await newRecipient(world)
    expectDone(await click(world, (await newRecipient(world)).url))
    await relay.turn('takes requests and stays silent')
    expectDone(await click(world, ada.url))
    await world.restartWorker()
    await relay.turn('fair')
    await expect.poll(ada.traces, { timeout: 40_000, interval: 200 }).toEqual(ONCE)
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny' })
  } finally {
    await world.close()
    await relay.close()
    await rm(dir, { recursive: true, force: true })
  }
})
