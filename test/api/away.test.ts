import { test as base, describe, expect } from 'vitest'
import { expectDone, newRecipient } from '../conformance/client.ts'
import { openRelay, type Relay } from '../conformance/relay.ts'
import { mailedRequest, press, SIGN_UP_FORM } from '../support/consent.ts'
import { freeze } from '../support/freeze.ts'
import { linesIn } from '../support/list.ts'
import { openTestMail } from '../support/mail.ts'
import { form, linkIn, openData } from '../support/rights.ts'
import {
  answered,
  askingAs,
  type Floe,
  type OwnWorld,
  openFloe,
  readyz,
  type World,
} from '../support/world.ts'

const SOON = { timeout: 20_000, interval: 100 }

/** A Floe with a replica, whose primary stands behind a relay. */
interface Away {
  floe: Floe
  relay: Relay
  close(): Promise<void>
}

async function openAway(bindings: Record<string, string> = {}): Promise<Away> {
  const relay = await openRelay()
  const floe = await openFloe({ replicas: 1, bindings: { ...bindings, DATABASE_URL: relay.url } })
  relay.target = floe.next().database.primaryUrl
  return {
    floe,
    relay,
    async close() {
      await floe.close()
      await relay.close()
    },
  }
}

/**
 * A world whose calls are repeated where the answer was 503, but for clicks: a busy machine brings a replica's answer later than the
 * second it has, and whoever asked is told to come back. What is said in the end must be true all the same.
 */
function repeating(world: OwnWorld): OwnWorld {
  const patient: World['fetch'] = async (path, init) => {
    for (let left = 10; ; left--) {
      const answer = await world.fetch(path, init)
      if (answer.status !== 503 || left === 0) return answer
      await answer.body?.cancel()
    }
  }
  return { ...world, ...askingAs(patient, world, world.endpoint), fetch: patient }
}

const test = base
  .extend<{ $file: { away: Away } }>({
    away: [
      async ({}, use) => {
        const away = await openAway()
        await use(away)
        await away.close()
      },
      { scope: 'file' },
    ],
  })
  .extend<{ world: OwnWorld; relay: Relay }>({
    world: ({ away }, use) => use(repeating(away.floe.next())),
    // What a test leaves waiting is written before the next one begins.
    relay: async ({ away, world }, use) => {
      await use(away.relay)
      await away.relay.turn('fair')
      await expect
        .poll(async () => (await readyz(world)).json(), SOON)
        .toMatchObject({ status: 'ready', lane: { depth: 0 } })
    },
  })

const click = (world: World, url: string) =>
  fetch(`${world.url}${new URL(url).pathname}`, { method: 'POST' }).then(async answer => ({
    status: answer.status,
    text: await answer.text(),
  }))

/** What is read before the primary goes away: a replica has it a moment later. */
const untilReplicated = (world: OwnWorld, number: number) =>
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
  test('every way to say stop works, counts at once, and is in the database once when it is back', async ({
    world,
    relay,
  }) => {
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
    expect(await (await world.fetch(preferencesUrl)).text()).toMatch(/emails below are off\./)
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
    const matched = async () => {
      const body = addresses.join('\n')
      const headers = { 'content-type': 'text/csv' }
      const answer = await world.call('/v1/suppressions/match', null, { body, headers })
      return linesIn(await answer.text()).map(({ suppressions }) =>
        suppressions.map((each: Record<string, string>) =>
          [each['topic'] ?? each['scope'], each['reason'], each['source']].join(' '),
        ),
      )
    }
    const left = ['news unsubscribed recipient']
    const everything = ['workspace unsubscribed recipient']
    expect(await matched()).toEqual([
      left,
      left,
      everything,
      left,
      everything,
      ['workspace complained sender'],
    ])
    const decisions = async (topic: string) => {
      const { results } = await answered(await world.call('/v1/check', { topic, addresses }))
      return results.map(({ decision, reason }: { decision: string; reason?: string }) => reason ?? decision)
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
  })

  test('a sign-up that was confirmed is not shown as if its recipient had not left since', async ({
    world,
    relay,
  }) => {
    const ada = await newRecipient(world)
    const { confirmation } = await mailedRequest(world, ada.address)
    const shown = async (answer: Promise<Response>) =>
      /<h1[^>]*>([^<]*)/.exec(await (await answer).text())?.[1]
    expect(await shown(press(world, confirmation.confirmUrl))).toBe('You are subscribed')
    await untilReplicated(world, await committed(world))
    await relay.turn('refuses connections')
    expectDone(await click(world, ada.url))
    expect(await shown(world.fetch(confirmation.confirmUrl))).toBe('You have unsubscribed')
    expect(await world.check(ada.address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('a sign-up is not offered for confirmation when its recipient, who had left once before it, left again since', async ({
    world,
    relay,
  }) => {
    const ada = await newRecipient(world)
    expectDone(await click(world, ada.url))
    const { confirmation } = await mailedRequest(world, ada.address)
    const shown = async () =>
      /<h1[^>]*>([^<]*)/.exec(await (await world.fetch(confirmation.confirmUrl)).text())?.[1]
    const offered = await shown()
    expect(offered).not.toBe('You have unsubscribed')
    await untilReplicated(world, await committed(world))
    await relay.turn('refuses connections')
    expect(await shown()).toBe(offered)
    expectDone(await click(world, ada.url))
    expect(await shown()).toBe('You have unsubscribed')
  })

  test('who leaves by the page while nothing can be read is told that it is done, and it is', async ({
    world,
    relay,
  }) => {
    const [ada, bob] = [await newRecipient(world), await newRecipient(world)]
    const leave = (url: string, scope: string) =>
      world.fetch(`${url}/page`, { method: 'POST', body: new URLSearchParams({ scope }) })
    expect((await leave(bob.url, 'workspace')).status).toBe(200)
    await freeze(world.database.pids[1]!)
    await relay.turn('refuses connections')
    const page = await leave(ada.url, 'topic')
    const html = await page.text()
    expect([page.status, html]).toEqual([200, expect.stringContaining('<h1>You are unsubscribed</h1>')])
    expect(html).not.toContain('North')
    // Whoever goes back to the page finds its Undo.
    expect(page.headers.get('cache-control')).toBe('private, no-cache')
    process.kill(world.database.pids[1]!, 'SIGCONT')
    const check = { topic: 'news', addresses: [ada.address] }
    const results = async () =>
      ((await (await world.call('/v1/check', check)).json()) as { results?: unknown }).results
    await expect
      .poll(results, SOON)
      .toEqual([expect.objectContaining({ decision: 'deny', reason: 'unsubscribed' })])
    await relay.turn('fair')
    const body = new URLSearchParams({ undo: /name="undo" value="([^"]+)"/.exec(html)![1]! })
    const undo = async () => (await world.fetch(`${ada.url}/undo`, { method: 'POST', body })).status
    await expect.poll(undo, SOON).toBe(200)
    expect(await results()).toEqual([{ address: ada.address, decision: 'allow' }])
  })

  test('a proof is answered, and its trace is in the ledger when the database is back', async ({
    world,
    relay,
  }) => {
    const ada = await newRecipient(world)
    await untilReplicated(world, await committed(world))
    await relay.turn('refuses connections')
    for (let i = 0; i < 3; i++)
      expect((await world.call('/v1/consents/prove', { address: ada.address })).status).toBe(200)
    await relay.turn('fair')
    await expect
      .poll(() => world.sql('SELECT what, untold FROM personal_data_read'), SOON)
      .toEqual([['proof', 2]])
    expect(await world.sql(`SELECT count(*) FROM event WHERE type = 'personal_data.read'`)).toEqual([[1]])
  })

  test('nothing is lifted or confirmed before the database has it', async ({ world, relay }) => {
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
  })

  test('a check is answered by a replica that stood still since before an unsubscribe: denied, or not at all', async ({
    world,
    relay,
  }) => {
    const [ada, eve] = [await newRecipient(world), await newRecipient(world)]
    expectDone(await click(world, eve.url))
    await untilReplicated(world, await committed(world))
    await freeze(world.database.pids[1]!)
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
  })
})

test('an unsubscribe that only the journal has is on the page of its recipient’s data, in a sender’s proof and where a new address would take their topics', async () => {
  const mail = await openTestMail()
  const { floe, relay, close } = await openAway({
    MAIL_URL: `smtp://127.0.0.1:${mail.smtp.port}`,
    MAIL_FROM: 'confirm@north.example',
  })
  const world = repeating(floe.next())
  try {
    const ada = await newRecipient(world)
    const entries = ['news', 'offers'].map(topic => ({
      address: ada.address,
      topic,
      basis: 'express',
      at: '2026-01-02T00:00:00Z',
    }))
    await answered(await world.call('/v1/consents', { entries }))
    const data = await openData({ world, mail }, ada.address)
    expect((await data.send('/address', { address: 'ada@new.example' })).status).toBe(200)
    const correction = linkIn((await mail.received(2)).find(({ to }) => to === 'ada@new.example')!, 'r')
    /** The lines of a page's lists, without their markup. */
    const facts = async (answer: Promise<Response>) =>
      [...(await (await answer).text()).matchAll(/<li class="(?:fact|topic topic-plain)">(.*?)<\/li>/gs)].map(
        ([, item]) =>
          item!
            .replaceAll(/<[^>]*>/g, ' ')
            .replaceAll(/\s+/g, ' ')
            .trim(),
      )
    const proven = async () => {
      const { topics } = await answered(await world.call('/v1/consents/prove', { address: ada.address }))
      return topics.slice(0, 2).map(({ topic, state }: Record<string, string>) => [topic, state])
    }
    const isOf = (topic: string) => (fact: string) => fact.startsWith(topic)
    const both = [
      ['news', 'confirmed'],
      ['offers', 'confirmed'],
    ]
    const moving = await facts(world.fetch(correction))
    expect(moving).toHaveLength(2)
    const subscribed = await facts(data.send(''))
    expect(subscribed.filter(isOf('News'))).toHaveLength(1)
    expect(await proven()).toEqual(both)

    await untilReplicated(world, await committed(world))
    await relay.turn('refuses connections')
    expect(await facts(data.send(''))).toEqual(subscribed)
    expect(await facts(world.fetch(correction))).toEqual(moving)
    expect(await proven()).toEqual(both)

    expectDone(await click(world, ada.url))
    const left = await facts(data.send(''))
    // How they stand with it, and what stops its mail.
    expect(left.filter(isOf('News')).filter(fact => subscribed.includes(fact))).toEqual([])
    expect(left.filter(fact => fact.includes('News') && !subscribed.includes(fact))).toHaveLength(2)
    expect(left.filter(isOf('Offers'))).toEqual(subscribed.filter(isOf('Offers')))
    expect(await proven()).toEqual([
      ['news', 'ended'],
      ['offers', 'confirmed'],
    ])
    expect(await facts(world.fetch(correction))).toEqual(moving.filter(topic => !isOf('News')(topic)))

    const { preferencesUrl } = await world.links(ada.address)
    expect((await world.fetch(preferencesUrl, form({ act: 'stop' }))).status).toBe(303)
    const stopped = await facts(data.send(''))
    expect(stopped.filter(fact => subscribed.includes(fact) && /^(?:News|Offers)/.test(fact))).toEqual([])
    expect(await proven()).toEqual([
      ['news', 'ended'],
      ['offers', 'ended'],
    ])
    expect(await facts(world.fetch(correction))).toEqual([])

    await relay.turn('fair')
    await expect
      .poll(() => world.sql('SELECT count(*) FROM subscription WHERE state = 3'), SOON)
      .toEqual([[2]])
    // What the page said is what came about, but for the history, which tells what the database has.
    const since = await facts(data.send(''))
    expect(since).toEqual(expect.arrayContaining(stopped))
    expect(await facts(world.fetch(correction))).toEqual([])
  } finally {
    await close()
    await mail.close()
  }
})

describe('more questions at once than an isolate bears', () => {
  /** More than the 128 fresh reads that an isolate has on their way at most. */
  const MANY = 160

  test('are sent away at once, and the others and every click are answered', async () => {
    // An isolate that has met the primary's absence asks the replica at once.
    const { floe, relay, close } = await openAway()
    const world = floe.next()
    try {
      // One whose topic the Worker knows, and one whose topic it has to ask for.
      const [known, unknown] = [await newRecipient(world), await newRecipient(world, 'offers')]
      expectDone(await click(world, (await newRecipient(world)).url))
      await untilReplicated(world, await committed(world))
      await relay.turn('takes requests and stays silent')
      const asks = Array.from({ length: MANY }, () =>
        world.call('/v1/check', { topic: 'news', addresses: [known.address] }),
      )
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
      // A machine that is busy brings some of a hundred answers of the replica too late: those are told so, and nobody is allowed.
      const answered = answers.filter(answer => answer === '200 answered null')
      const late = answers.filter(answer => answer === '503 database.unavailable 5')
      expect(answered.length).toBeGreaterThan(late.length)
      expect(shed.length + answered.length + late.length).toBe(MANY)
      await relay.turn('fair')
      for (const [{ address }, topic] of [
        [known, 'news'],
        [unknown, 'offers'],
      ] as const)
        expect(await world.check(address, { topic })).toMatchObject({ decision: 'deny' })
    } finally {
      await close()
    }
  })
})

describe('a check that asks nearby', () => {
  const nearby = { topic: 'news', freshness: 'nearby' }

  test('is answered without the primary, and says as of when', async ({ world, relay }) => {
    const ada = await newRecipient(world)
    expectDone(await click(world, ada.url))
    await untilReplicated(world, await committed(world))
    await relay.turn('refuses connections')
    const answer = await world.call('/v1/check', { ...nearby, addresses: [ada.address] })
    const { asOf, results } = await answered(answer)
    expect(results).toMatchObject([{ decision: 'deny', reason: 'unsubscribed' }])
    const [[at]] = (await world.sql('SELECT at FROM lane')) as [[number]]
    expect(Date.parse(asOf)).toBeGreaterThanOrEqual(at)
  })

  test('denies whoever left while the primary was away, at once and for as long as it is', async ({
    world,
    relay,
  }) => {
    const [ada, eve] = [await newRecipient(world), await newRecipient(world)]
    expectDone(await click(world, eve.url))
    await untilReplicated(world, await committed(world))
    await relay.turn('refuses connections')
    expectDone(await click(world, ada.url))
    for (let i = 0; i < 10; i++)
      expect(await world.check(ada.address, nearby)).toMatchObject({
        decision: 'deny',
        reason: 'unsubscribed',
      })
    await relay.turn('fair')
    await expect.poll(() => world.sql('SELECT count(*) FROM suppression'), SOON).toEqual([[2]])
    expect(await world.check(ada.address, nearby)).toMatchObject({ decision: 'deny' })
  })

  test('does not believe a replica that was cut off, with the primary there or away', async () => {
    // A copy that nothing reaches any more: it stands where every copy of the demo's database began.
    const stale = await openFloe()
    const relay = await openRelay()
    const floe = await openFloe({
      bindings: { DATABASE_URL: relay.url, REPLICA_URLS: stale.next().database.primaryUrl },
    })
    const world = repeating(floe.next())
    relay.target = world.database.primaryUrl
    try {
      const ada = await newRecipient(world)
      const mayGo = async () => {
        const answer = await world.call('/v1/check', { ...nearby, addresses: [ada.address] })
        return answer.status === 503 ? 'not known' : (await answered(answer)).results[0].decision
      }
      expect(await mayGo()).toBe('allow')
      expectDone(await click(world, ada.url))
      await expect.poll(mayGo, SOON).toBe('deny')
      for (let i = 0; i < 10; i++) expect(await mayGo()).toBe('deny')
      const bob = await newRecipient(world)
      await relay.turn('refuses connections')
      expectDone(await click(world, bob.url))
      for (const { address } of [ada, bob])
        expect(await world.check(address, nearby)).toMatchObject({ decision: 'deny' })
    } finally {
      await floe.close()
      await relay.close()
      await stale.close()
    }
  })

  test('refuses any other freshness', async ({ world }) => {
    const body = { topic: 'news', addresses: ['ada@example.com'], freshness: 'soon' }
    const answer = await world.call('/v1/check', body)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ field: 'freshness' }] })
  })
})

test('a sign-up by a form is asked for with the primary away, and mailed once it is back', async () => {
  const mail = await openTestMail()
  const { floe, relay, close } = await openAway({
    MAIL_URL: `smtp://127.0.0.1:${mail.smtp.port}`,
    MAIL_FROM: 'confirm@north.example',
  })
  const world = floe.next()
  try {
    const made = await world.call('/v1/forms', SIGN_UP_FORM)
    const { url } = (await made.json()) as { url: string }
    const { pathname } = new URL(url)
    await untilReplicated(world, await committed(world))
    const fillIn = (address: string) => world.fetch(pathname, form({ address }))
    await relay.turn('refuses connections')
    expect((await world.fetch(pathname)).status).toBe(200)
    const sent = await fillIn('ada@new.example')
    expect([sent.status, await sent.text()]).toEqual([200, expect.stringContaining('Look into your inbox')])
    for (const pid of world.database.pids) await freeze(pid)
    const refused = await fillIn('bob@new.example')
    for (const pid of world.database.pids) process.kill(pid, 'SIGCONT')
    expect([refused.status, await refused.text()]).toEqual([
      503,
      expect.stringContaining('Please do not count anything as done yet'),
    ])
    await relay.turn('fair')
    await expect.poll(() => world.sql('SELECT count(*) FROM subscription_request'), SOON).toEqual([[1]])
    await world.update('subscription_request', 'mail_due_at = 1')
    await world.runCron()
    expect((await mail.received(1)).map(({ to }) => to)).toEqual(['ada@new.example'])
  } finally {
    await close()
    await mail.close()
  }
})
