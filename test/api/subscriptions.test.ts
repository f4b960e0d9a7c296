import { describe, expect } from 'vitest'
import { sealPress } from '../../worker/subscription/press.ts'
import { happened, ledger, mailedRequest, press, request } from '../support/consent.ts'
import { saidOf } from '../support/list.ts'
import { signUp } from '../support/sign-up.ts'
import { answered, test, type World } from '../support/world.ts'

const ADA = 'ada@example.com'
const BOB = 'bob@example.com'
const MINUTE = 60 * 1000
const DAY = 24 * 60 * MINUTE

const optIn = (world: World, topic = 'news') =>
  world.update('topic', "consent = 'opt_in'", [], `name = '${topic}'`)
const agedBy = (world: World, ms: number) =>
  world.update('subscription_request', 'requested_at = requested_at - ?', [ms])
const closedBy = (world: World, ms: number) =>
  world.update('subscription_request', 'closed_at = closed_at - ?', [ms])
const endedBy = (world: World, ms: number) => world.update('subscription', 'until = until - ?', [ms])
const block = (world: World, entry: object) =>
  world.call('/v1/suppressions', { entries: [{ address: BOB, scope: 'workspace', ...entry }] })

describe('double opt-in', () => {
  test('lets mail go only after the recipient has pressed the button', async ({ world }) => {
    await optIn(world)
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'no_consent', scope: 'topic' })
    const { confirmation } = await request(world, BOB)
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'pending_confirmation' })
    const page = await press(world, confirmation.confirmUrl)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('You are subscribed')
    expect(await world.check(BOB)).toEqual({ address: BOB, decision: 'allow' })
    expect(await world.check(BOB, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
  })

  test('silences nobody where no consent is needed: a stranger who types an address in keeps no mail away', async ({
    world,
  }) => {
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    const { confirmation } = await request(world, BOB)
    expect(await world.check(BOB)).toEqual({ address: BOB, decision: 'allow' })
    const { preferencesUrl } = await world.links(BOB)
    const center = await world.fetch(preferencesUrl, { headers: { accept: 'application/json' } })
    expect((await answered(center)).topics).toMatchObject([{ name: 'news', state: 'on' }, {}, {}])
    await press(world, confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('brings nobody back who had left, and says so in the preference center, where no consent is needed', async ({
    world,
  }) => {
    const { unsubscribeUrl, preferencesUrl } = await world.links(BOB)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    await request(world, BOB)
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    const center = await world.fetch(preferencesUrl, { headers: { accept: 'application/json' } })
    expect((await answered(center)).topics).toMatchObject([{ name: 'news', state: 'pending' }, {}, {}])
  })

  test('never holds back what is owed: a receipt is no marketing', async ({ world }) => {
    await optIn(world, 'receipts')
    await request(world, BOB, { topics: ['news', 'receipts'] })
    expect(await world.check(BOB, { topic: 'receipts', purpose: 'transactional' })).toMatchObject({
      decision: 'allow',
    })
  })

  test('keeps the evidence of request and confirmation, sealed, and facts about nobody open', async ({
    world,
  }) => {
    const { id, confirmation } = await request(world, BOB, { topics: ['news', 'offers'], locale: 'de-AT' })
    await press(world, confirmation.confirmUrl, { 'cf-connecting-ip': '203.0.113.9' })
    const [requested, confirmed] = await ledger(world)
    const facts = {
      topics: 'news offers',
      basis: 'express',
      notice: 'privacy',
      noticeVersion: '1',
      noticeDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      locale: 'de-AT',
    }
    expect(requested).toEqual(['consent.requested', { ...facts, via: 'api', mail: 'sender' }])
    expect(confirmed).toEqual(['consent.confirmed', { ...facts, via: 'link_given_to_sender' }])
    expect(requested![1]['noticeDigest']).toBe(confirmed![1]['noticeDigest'])
    const { history } = await answered(await world.call('/v1/consents/prove', { address: BOB }))
    expect(history.map(({ subject }: { subject: string }) => subject)).toEqual([id, id])
    expect(history[0].evidence).toEqual({
      source: { url: 'https://north.example/newsletter', form: 'footer' },
      ip: '203.0.113.7',
      userAgent: 'Mozilla/5.0 (Demo)',
      wording: 'Yes, send me the news of North & Co.',
    })
    expect(history[1].evidence).toEqual({ ip: '203.0.113.9', userAgent: 'Browser/1' })
    const everything = JSON.stringify([
      await world.holdings(),
      await world.sql('SELECT hex(sealed) FROM event'),
    ])
    for (const secret of [BOB, '203.0.113', 'Mozilla', 'north.example/newsletter', 'Yes, send me'])
      expect(everything).not.toContain(secret)
  })

  test('believes no caller about their address: X-Forwarded-For is no evidence', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.confirmUrl, {
      'x-forwarded-for': '198.51.100.1',
      'x-real-ip': '198.51.100.2',
    })
    const { history } = await answered(await world.call('/v1/consents/prove', { address: BOB }))
    expect(history[1].evidence).toEqual({ userAgent: 'Browser/1' })
  })

  test('answers the same for whoever is known, confirmed, gone, blocked or has had enough', async ({
    world,
  }) => {
    const shape = ({ id, status, confirmation }: Awaited<ReturnType<typeof request>>) => [
      id.length,
      status,
      Object.keys(confirmation),
      new URL(confirmation.confirmUrl).pathname.slice(0, 3),
      confirmation.cancelUrl.length,
      Object.keys(confirmation.headers),
    ]
    const unknown = shape(await request(world, 'nobody@example.com'))
    const confirmed = await request(world, BOB)
    await press(world, confirmed.confirmation.confirmUrl)
    const { unsubscribeUrl } = await world.links('gone@example.com')
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    await block(world, { address: 'angry@example.com', reason: 'complained' })
    for (const address of [BOB, 'gone@example.com', 'angry@example.com', ...Array<string>(5).fill(ADA)])
      expect(shape(await request(world, address))).toEqual(unknown)
  })

  test('never un-confirms: whoever asks again leaves what is confirmed as it is', async ({ world }) => {
    const first = await request(world, BOB)
    await press(world, first.confirmation.confirmUrl)
    const second = await request(world, BOB)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    const page = await press(world, second.confirmation.cancelUrl)
    expect(await page.text()).toContain('You have already confirmed')
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('keeps at most three sign-ups of an address a day, whoever asks from wherever', async ({ world }) => {
    const ids = new Set<string>()
    for (let i = 0; i < 10; i++) {
      const more = { ip: `203.0.113.${i}`, source: { url: `https://site-${i}.example/form` } }
      ids.add((await request(world, BOB, more)).id)
    }
    expect(ids.size).toBe(10)
    expect(await happened(world)).toEqual(Array(3).fill('consent.requested'))
    await agedBy(world, DAY)
    await request(world, BOB)
    expect(await happened(world)).toHaveLength(4)
  })

  test('keeps no more sign-ups of a workspace a day than it may have', async ({ world }) => {
    await world.update('workspace', 'confirmations_per_day = 2')
    for (let i = 0; i < 4; i++) await request(world, `person-${i}@example.com`)
    expect(await happened(world)).toHaveLength(2)
    expect(await world.sql('SELECT count(*) FROM recipient_key')).toEqual([[2]])
  })

  test('gives a link that works also to whoever had enough of them', async ({ world }) => {
    for (let i = 0; i < 3; i++) await request(world, BOB)
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('says of each link it gives until when that very link works', async ({ world }) => {
    for (let i = 0; i < 3; i++) await request(world, BOB)
    await agedBy(world, DAY / 2)
    const { confirmation } = await request(world, BOB)
    const [[requestedAt]] = (await world.sql('SELECT max(requested_at) FROM subscription_request')) as [
      [number],
    ]
    expect(Date.parse(confirmation.expiresAt)).toBe(requestedAt + 7 * DAY)
  })

  test('asked for again by a call whose answer was lost is one sign-up with one link', async ({ world }) => {
    const once = (address: string) =>
      world.call('/v1/subscriptions', signUp(address), { headers: { 'idempotency-key': 'form-7' } })
    const first = await (await once(BOB)).json()
    expect(await (await world.writesNothing(() => once(BOB))).json()).toMatchObject({
      id: (first as { id: string }).id,
    })
    expect((await world.writesNothing(() => once('cleo@example.com'))).status).toBe(422)
    expect(await happened(world)).toEqual(['consent.requested'])
  })

  test('pressed twice at once confirms once', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    const pages = await Promise.all(
      Array.from({ length: 8 }, () => press(world, confirmation.confirmUrl).then(page => page.text())),
    )
    expect(pages.filter(text => text.includes('You are subscribed'))).toHaveLength(1)
    expect(pages.filter(text => text.includes('You have already confirmed'))).toHaveLength(7)
    expect(await happened(world)).toEqual(['consent.requested', 'consent.confirmed'])
  })

  test('asked for at once by many is kept with one key for the recipient', async ({ world }) => {
    await Promise.all(Array.from({ length: 8 }, () => request(world, BOB)))
    expect(await world.sql('SELECT count(*) FROM recipient_key')).toEqual([[1]])
    const { history } = await answered(await world.call('/v1/consents/prove', { address: BOB }))
    expect(history).toHaveLength(3)
    for (const { evidence } of history) expect(evidence.ip).toBe('203.0.113.7')
  })
})

describe('who had unsubscribed', () => {
  test('stays so while they are only asked, and comes back by their own confirmation', async ({ world }) => {
    const { unsubscribeUrl } = await world.links(BOB)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    const { confirmation } = await mailedRequest(world, BOB)
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    await press(world, confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    expect((await ledger(world)).slice(1)).toMatchObject([
      ['consent.requested', {}],
      ['consent.confirmed', {}],
      ['suppression.lifted', { via: 'confirmation', reason: 'unsubscribed', source: 'recipient' }],
    ])
  })

  test('elsewhere, as an import says, comes back by their own confirmation', async ({ world }) => {
    await saidOf(world, 'import', `email,unsub_time\n${BOB},2025-06-01\n`)
    await press(world, (await mailedRequest(world, BOB)).confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('from everything comes back to what they confirm and to nothing else', async ({ world }) => {
    const { unsubscribeUrl } = await world.links(BOB)
    await world.fetch(`${unsubscribeUrl}/page`, {
      method: 'POST',
      body: new URLSearchParams({ scope: 'workspace' }),
    })
    const { confirmation } = await mailedRequest(world, BOB)
    await press(world, confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    expect(await world.check(BOB, { topic: 'offers' })).toMatchObject({
      decision: 'deny',
      reason: 'unsubscribed',
    })
  })

  test('from everything can come back to one topic after another, each by its own link', async ({
    world,
  }) => {
    const { unsubscribeUrl } = await world.links(BOB)
    await world.fetch(`${unsubscribeUrl}/page`, {
      method: 'POST',
      body: new URLSearchParams({ scope: 'workspace' }),
    })
    const news = await mailedRequest(world, BOB, { topics: ['news'] })
    const offers = await mailedRequest(world, BOB, { topics: ['offers'] })
    await press(world, news.confirmation.confirmUrl)
    expect(await world.check(BOB, { topic: 'offers' })).toMatchObject({ reason: 'unsubscribed' })
    const page = await press(world, offers.confirmation.confirmUrl)
    expect(await page.text()).toContain('You are subscribed')
    for (const topic of ['news', 'offers'])
      expect(await world.check(BOB, { topic })).toMatchObject({ decision: 'allow' })
    expect(await happened(world)).not.toContain('consent.withdrawn')
  })

  test('after they were asked is not brought back by the older link, though asked anew', async ({
    world,
  }) => {
    const older = await mailedRequest(world, BOB)
    const { unsubscribeUrl } = await world.links(BOB)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    const newer = await mailedRequest(world, BOB)
    const page = await world.writesNothing(() => press(world, older.confirmation.confirmUrl))
    expect(await page.text()).toContain('You have unsubscribed')
    await press(world, newer.confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('twice, asked in between and asked anew, is brought back by none but the newest link', async ({
    world,
  }) => {
    const { unsubscribeUrl } = await world.links(BOB)
    const leave = () => world.fetch(unsubscribeUrl, { method: 'POST' })
    await leave()
    const older = await mailedRequest(world, BOB)
    await leave()
    const newer = await mailedRequest(world, BOB)
    const page = await world.writesNothing(() => press(world, older.confirmation.confirmUrl))
    expect(await page.text()).toContain('You have unsubscribed')
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    await press(world, newer.confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('after they were asked is not brought back by the older link', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    const { unsubscribeUrl } = await world.links(BOB)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    const page = await world.writesNothing(() => press(world, confirmation.confirmUrl))
    expect(await page.text()).toContain('You have unsubscribed')
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test.for([
    ['complained', 'workspace'],
    ['bounced', 'tenant'],
    ['legal', 'tenant'],
    ['objected', 'workspace'],
    ['manual', 'workspace'],
  ])('who %s stays suppressed, and the sender is told', async ([reason, scope], { world }) => {
    await block(world, { reason, scope })
    const { confirmation } = await request(world, BOB)
    const page = await press(world, confirmation.confirmUrl)
    expect(await page.text()).not.toMatch(/complain|bounce|legal|object|manual/i)
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason })
    expect(await ledger(world)).toContainEqual([
      'consent.confirmed',
      expect.objectContaining({ stillDenied: reason }),
    ])
  })

  test('who stands on the platform’s list stays suppressed, and the sender is told', async ({
    ownWorld: world,
  }) => {
    await world.update(
      'api_key',
      "permissions = json_insert(permissions, '$[#]', 'platform_suppressions:write')",
    )
    await block(world, { reason: 'bounced', scope: 'platform' })
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.confirmUrl)
    expect(await ledger(world)).toContainEqual([
      'consent.confirmed',
      expect.objectContaining({ stillDenied: 'bounced' }),
    ])
  })

  test.for(['complained', 'bounced', 'legal'])(
    'who %s is not mailed a confirmation, and the ledger says why',
    async (reason, { world }) => {
      await block(world, { reason, scope: 'tenant' })
      await request(world, BOB)
      expect(await ledger(world)).toContainEqual([
        'consent.requested',
        expect.objectContaining({ mail: 'withheld', withheldFor: reason }),
      ])
    },
  )
})

describe('a sign-up that nobody confirmed', () => {
  const leave = async (world: World) =>
    world.fetch((await world.links(BOB)).unsubscribeUrl, { method: 'POST' })
  const runOut = async (world: World, { noted = true } = {}) => {
    await agedBy(world, 8 * DAY)
    await world.update('subscription', 'at = at - ?1, until = until - ?1', [8 * DAY])
    if (noted) await world.runCron()
  }

  test.for([true, false])(
    'and that has run out leaves mail that needs no consent as it was; written down: %s',
    async (noted, { world }) => {
      await request(world, BOB)
      expect(await world.check(BOB)).toEqual({ address: BOB, decision: 'allow' })
      await runOut(world, { noted })
      expect(await world.check(BOB)).toEqual({ address: BOB, decision: 'allow' })
      await optIn(world)
      expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'no_consent' })
    },
  )

  test.for<[what: string, reason: string, before: (world: World) => Promise<unknown>]>([
    ['who had left', 'unsubscribed', leave],
    [
      'who had refused',
      'no_consent',
      async world => {
        await press(world, (await request(world, BOB)).confirmation.cancelUrl)
        await closedBy(world, 31 * DAY)
      },
    ],
    [
      'who had refused another one meanwhile',
      'no_consent',
      async world => {
        await request(world, BOB)
        await press(world, (await request(world, BOB)).confirmation.cancelUrl)
      },
    ],
    [
      'whose consent had come to its term',
      'consent_expired',
      async world => {
        const entry = { address: BOB, topic: 'news', basis: 'implied_inquiry', at: new Date().toISOString() }
        await answered(await world.call('/v1/consents', { entries: [entry] }))
        await world.update('subscription', 'until = 1')
        await world.runCron()
      },
    ],
    [
      'who had refused, was asked, left and took that back',
      'no_consent',
      async world => {
        await press(world, (await request(world, BOB)).confirmation.cancelUrl)
        await closedBy(world, 31 * DAY)
        await request(world, BOB)
        const { unsubscribeUrl } = await world.links(BOB)
        const body = new URLSearchParams({ scope: 'topic' })
        const page = await world.fetch(`${unsubscribeUrl}/page`, { method: 'POST', body })
        const undo = /name="undo"[^>]*value="([^"]+)"/.exec(await page.text())?.[1]
        await world.fetch(`${unsubscribeUrl}/undo`, {
          method: 'POST',
          body: new URLSearchParams({ undo: undo! }),
        })
        expect(await world.check(BOB)).toMatchObject({ reason: 'no_consent' })
      },
    ],
  ])('brings nobody back %s', async ([, reason, before], { world }) => {
    await before(world)
    await request(world, BOB)
    await runOut(world)
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason })
  })
})

describe('"this was not me"', () => {
  test('ends the request, and keeps others of that workspace away for 30 days', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    const page = await press(world, confirmation.cancelUrl)
    expect(await page.text()).toContain('You are not subscribed')
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'no_consent' })
    await world.writesNothing(() => request(world, BOB))
    const late = await press(world, confirmation.confirmUrl)
    expect(await late.text()).toContain('You are not subscribed')
    expect(await happened(world)).toEqual(['consent.requested', 'consent.refused'])
    await agedBy(world, 31 * DAY)
    await closedBy(world, 31 * DAY)
    await request(world, BOB)
    expect(await happened(world)).toHaveLength(3)
  })

  test('is not undone by a sender who asks again and records a consent of their own', async ({ world }) => {
    const entry = { address: BOB, topic: 'news', basis: 'express', at: new Date().toISOString() }
    const recorded = async () =>
      (await answered(await world.call('/v1/consents', { entries: [entry] }))).results
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.cancelUrl)
    await closedBy(world, 31 * DAY)
    await request(world, BOB)
    expect(await world.check(BOB)).toMatchObject({ reason: 'no_consent' })
    expect(await recorded()).toMatchObject([{ outcome: 'refused', error: 'ended_by_recipient' }])
    await agedBy(world, 7 * DAY)
    await endedBy(world, 7 * DAY)
    await world.runCron()
    expect(await recorded()).toMatchObject([{ outcome: 'refused', error: 'ended_by_recipient' }])
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny' })
  })

  test('counts also when it comes after the link has run out', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    await agedBy(world, 7 * DAY)
    await endedBy(world, 7 * DAY)
    await world.runCron()
    await press(world, confirmation.cancelUrl)
    const entry = { address: BOB, topic: 'news', basis: 'express', at: new Date().toISOString() }
    expect((await answered(await world.call('/v1/consents', { entries: [entry] }))).results).toMatchObject([
      { outcome: 'refused', error: 'ended_by_recipient' },
    ])
    expect(await happened(world)).toEqual(['consent.requested', 'confirmation.expired', 'consent.refused'])
  })

  test('by one click of the mail program is 200, a few bytes, no redirect, and denies', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    expect(confirmation.headers).toEqual({
      'List-Unsubscribe': `<${confirmation.cancelUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    for (const _ of [1, 2]) {
      const answer = await world.fetch(confirmation.cancelUrl, {
        method: 'POST',
        body: 'List-Unsubscribe=One-Click',
      })
      expect([answer.status, await answer.text()]).toEqual([200, 'Unsubscribed.\n'])
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    }
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('after the confirmation unsubscribes from what was confirmed, in the same act', async ({ world }) => {
    const { confirmation } = await request(world, BOB, { topics: ['news', 'offers'] })
    await press(world, confirmation.confirmUrl)
    await world.fetch(confirmation.cancelUrl, { method: 'POST', body: 'List-Unsubscribe=One-Click' })
    for (const topic of ['news', 'offers'])
      expect(await world.check(BOB, { topic })).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect((await happened(world)).slice(2)).toEqual([
      'suppression.added',
      'consent.withdrawn',
      'suppression.added',
      'consent.withdrawn',
    ])
  })

  test('leaves another open sign-up for the same topic to its own link', async ({ world }) => {
    await optIn(world)
    const mine = await mailedRequest(world, BOB)
    const theirs = await mailedRequest(world, BOB)
    await press(world, theirs.confirmation.cancelUrl)
    expect(await world.check(BOB)).toMatchObject({ reason: 'pending_confirmation' })
    await press(world, mine.confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })
})

describe('the page of a confirmation', () => {
  test('names sender, topics, notice and the masked address, and changes nothing by being looked at', async ({
    world,
  }) => {
    const { confirmation } = await request(world, BOB, { topics: ['news', 'offers'] })
    for (const url of [confirmation.confirmUrl, confirmation.cancelUrl]) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await world.writesNothing(() => world.fetch(url, { method }))
        expect(answer.status).toBe(200)
        if (method === 'HEAD') continue
        const html = await answer.text()
        for (const text of [
          'North &amp; Co.',
          'News',
          'Offers',
          '(<bdi>privacy</bdi>, version <bdi>1</bdi>)',
          'b•••@e••••••.com',
        ])
          expect(html).toContain(text)
        expect(html).not.toContain(BOB)
        expect(html).not.toContain('north.example')
      }
    }
    expect(await happened(world)).toEqual(['consent.requested'])
  })

  test('says of a link that ran out or was refused that mail comes, where another one was confirmed', async ({
    world,
  }) => {
    const late = await mailedRequest(world, BOB)
    const refused = await mailedRequest(world, BOB)
    await press(world, refused.confirmation.cancelUrl)
    await agedBy(world, 8 * DAY)
    await closedBy(world, 31 * DAY)
    const mine = await mailedRequest(world, BOB)
    await press(world, mine.confirmation.confirmUrl)
    for (const { confirmation } of [late, refused]) {
      const page = await world.fetch(confirmation.confirmUrl)
      expect(await page.text()).toContain('You have already confirmed')
    }
  })

  test.for(['refused', 'ran out'])(
    'names of a sign-up that was %s only what may not come, not what another one confirmed',
    async (how, { world }) => {
      await optIn(world)
      await optIn(world, 'offers')
      const both = await request(world, BOB, { topics: ['news', 'offers'] })
      const one = await request(world, BOB, { topics: ['news'] })
      await press(world, one.confirmation.confirmUrl)
      if (how === 'refused') {
        const page = await press(world, both.confirmation.cancelUrl)
        expect(await page.text()).not.toContain('<bdi>News</bdi>')
      } else await agedBy(world, 7 * DAY)
      const html = await (await world.fetch(both.confirmation.confirmUrl)).text()
      expect(html).toContain('may not send this mail')
      expect(html).toContain('<bdi>Offers</bdi>')
      expect(html).not.toContain('<bdi>News</bdi>')
    },
  )

  test('does not say of a link that ran out that no mail may come, where none of it needs a consent', async ({
    world,
  }) => {
    const { confirmation } = await request(world, BOB)
    await agedBy(world, 7 * DAY)
    await endedBy(world, 7 * DAY)
    const html = await (await world.fetch(confirmation.confirmUrl)).text()
    expect(html).toContain('Nothing was changed.')
    expect(html).not.toContain('may not send')
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('offers a new mail only where one is needed, and says so only where one was asked for', async ({
    world,
  }) => {
    const { confirmation } = await request(world, BOB)
    const again = `${confirmation.confirmUrl}/again`
    for (const words of ['Confirm mail from North', 'You have already confirmed']) {
      const page = await world.writesNothing(() => press(world, again))
      const html = await page.text()
      expect(html).toContain(words)
      expect(html).not.toContain('on its way')
      await press(world, confirmation.confirmUrl)
    }
  })

  test('has its own words once the link has run out, and a way on', async ({ world }) => {
    await optIn(world)
    const { confirmation } = await request(world, BOB)
    await agedBy(world, 7 * DAY)
    for (const method of ['GET', 'POST']) {
      const page = await world.writesNothing(() =>
        world.fetch(confirmation.confirmUrl, { method, headers: { accept: 'text/html' } }),
      )
      expect(await page.text()).toContain('This link has run out')
    }
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny' })
  })

  test('gives its receipt to whoever pressed, and none to a link that was passed on', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    const receipt = (text: string, url = confirmation.confirmUrl) =>
      world.writesNothing(() =>
        world.fetch(`${url}/receipt`, { method: 'POST', body: new URLSearchParams({ press: text }) }),
      )
    const textIn = (html: string) => /name="press" value="([^"]*)"/.exec(html)?.[1]
    const other = await request(world, 'dan@example.com')
    const danPressed = textIn(await (await press(world, other.confirmation.confirmUrl)).text())!
    expect((await receipt(danPressed)).status).toBe(410)
    const pressed = textIn(await (await press(world, confirmation.confirmUrl)).text())!
    const answer = await receipt(pressed)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain('receipt.jws')
    const { event, event_history } = JSON.parse(
      Buffer.from((await answer.text()).split('.')[1]!, 'base64url').toString(),
    )
    expect(event).toMatchObject([{ event_state: 'given' }])
    expect(event_history).toBe('this confirmation only')

    expect(textIn(await (await press(world, confirmation.confirmUrl)).text())).toBeUndefined()
    expect(textIn(await (await world.fetch(confirmation.confirmUrl)).text())).toBeUndefined()
    for (const text of ['', confirmation.confirmUrl.slice(-32), danPressed, `${pressed}A`, 'A'.repeat(5000)])
      expect((await receipt(text)).status).toBe(410)
    expect((await world.fetch(`${confirmation.confirmUrl}/receipt`)).status).toBe(405)
  })

  test('gives that receipt for half an hour, and then no more', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.confirmUrl)
    const [[ref]] = (await world.sql('SELECT ref FROM subscription_request')) as [[Uint8Array]]
    const receiptOfPress = (minutesAgo: number) => {
      const text = sealPress(world.keyring, ref, Date.now() - minutesAgo * MINUTE)
      const body = new URLSearchParams({ press: text })
      return world.writesNothing(() =>
        world.fetch(`${confirmation.confirmUrl}/receipt`, { method: 'POST', body }),
      )
    }
    expect((await receiptOfPress(29)).status).toBe(200)
    const late = await receiptOfPress(31)
    expect(late.status).toBe(410)
    expect(await late.text()).toContain('There is nothing to confirm here')
  })
})

describe('a sign-up is refused, and nothing is written, with', () => {
  test.for<[what: string, more: object, field: string]>([
    ['no address', { address: undefined }, 'address'],
    ['what is no address', { address: 'not an address' }, 'address'],
    ['a header in the address', { address: 'bob@example.com\r\nBcc: eve@example.com' }, 'address'],
    ['a header in the local part', { address: 'bob\nBcc:eve@example.com' }, 'address'],
    ['no topic', { topics: [] }, 'topics'],
    ['51 topics', { topics: Array(51).fill('news') }, 'topics'],
    ['no source', { source: undefined }, 'source'],
    ['a source that is no web address', { source: { url: 'javascript:alert(1)' } }, 'source.url'],
    ['a source with a password', { source: { url: 'https://me:secret@north.example/' } }, 'source.url'],
    ['a source too long', { source: { url: `https://north.example/${'x'.repeat(2048)}` } }, 'source.url'],
    ['what is no IP address', { ip: '999.1.1.1' }, 'ip'],
    ['a user agent too long', { userAgent: 'x'.repeat(1001) }, 'userAgent'],
    ['what is no language', { locale: 'not a language' }, 'locale'],
    ['no notice', { notice: undefined }, 'notice'],
    ['a notice without its version', { notice: { name: 'privacy' } }, 'notice.version'],
    ['a basis that is none', { basis: 'because' }, 'basis'],
    ['wording too long', { wording: 'x'.repeat(4001) }, 'wording'],
    ['a field it does not know', { confirmed: true }, 'confirmed'],
  ])('%s', async ([, more, field], { sharedWorld: world }) => {
    const answer = await world.writesNothing(() => world.call('/v1/subscriptions', signUp(BOB, more)))
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ field }] })
  })

  test.for<[what: string, more: object, code: string]>([
    ['a topic that is nobody’s', { topics: ['news', 'nonsense'] }, 'topic.not_found'],
    ['a topic of another workspace', { topics: ['weekly'] }, 'topic.not_found'],
    ['a notice that does not exist', { notice: { name: 'terms', version: '1' } }, 'notice.not_found'],
    ['a version that does not exist', { notice: { name: 'privacy', version: '99' } }, 'notice.not_found'],
  ])('%s', async ([, more, code], { sharedWorld: world }) => {
    const answer = await world.writesNothing(() => world.call('/v1/subscriptions', signUp(BOB, more)))
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code })
  })
})

describe('a confirmation link does nothing', () => {
  test('that is forged, cut, of another purpose or of another Floe', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    const { unsubscribeUrl, preferencesUrl } = await world.links(BOB)
    const token = confirmation.cancelUrl.slice(-39, -7)
    const forged = [
      'A'.repeat(32),
      token.slice(0, 31),
      `${token}A`,
      `${token[0] === 'I' ? 'J' : 'I'}${token.slice(1)}`,
      unsubscribeUrl.slice(-39),
      preferencesUrl.slice(-39),
    ]
    for (const text of forged) {
      for (const path of [`/c/${text}`, `/c/${text}/cancel`, `/c/${text}/again`]) {
        const answer = await world.writesNothing(() => press(world, path))
        expect(answer.status, path).toBe(404)
      }
    }
    for (const path of [`/u/${token}`, `/p/${token}`]) {
      const answer = await world.writesNothing(() => press(world, path))
      expect(answer.status, path).toBe(404)
    }
  })
})
