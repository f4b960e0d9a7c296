import {
  calculateJwkThumbprint,
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  type JSONWebKeySet,
} from 'jose'
import { describe, expect } from 'vitest'
import { happened, ledger, press, request } from '../support/consent.ts'
import { signUp } from '../support/sign-up.ts'
import { answered, test, type World } from '../support/world.ts'

const BOB = 'bob@example.com'
const CLEO = 'cleo@example.com'
const YESTERDAY = new Date(Date.now() - 24 * 60 * 60 * 1000).toISOString()

/** A time some calendar months before now, to the day. */
function monthsAgo(months: number, days = 0): string {
  const then = new Date()
  then.setUTCMonth(then.getUTCMonth() - months, then.getUTCDate() - days)
  return then.toISOString()
}

const entryOf = (more: object = {}) => ({
  address: BOB,
  topic: 'news',
  basis: 'express',
  at: YESTERDAY,
  ...more,
})
const record = async (world: World, ...entries: object[]) =>
  (await answered(await world.call('/v1/consents', { entries: entries.map(entryOf) }))).results
const prove = async (world: World, address = BOB, more: object = {}) =>
  answered(await world.call('/v1/consents/prove', { address, ...more }))
const optIn = (world: World) => world.update('workspace', "consent = 'opt_in'")

describe('a workspace that mails only who consented', () => {
  test('denies everybody who never said anything, and says so', async ({ world }) => {
    await optIn(world)
    for (const topic of ['news', 'offers'])
      expect(await world.check(BOB, { topic })).toEqual({
        address: BOB,
        decision: 'deny',
        reason: 'no_consent',
        scope: 'topic',
      })
    expect(await world.check(BOB, { topic: 'receipts', purpose: 'transactional' })).toMatchObject({
      decision: 'allow',
    })
  })

  test('may have topics with a mode of their own, either way', async ({ world }) => {
    await optIn(world)
    await world.update('topic', "consent = 'opt_out'", [], "name = 'offers'")
    expect(await world.check(BOB)).toMatchObject({ reason: 'no_consent' })
    expect(await world.check(BOB, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
  })

  test('is not asked for by mail that is owed', async ({ world }) => {
    await optIn(world)
    expect(await world.check(BOB, { purpose: 'transactional' })).toMatchObject({ decision: 'allow' })
  })

  test('answers a list of many each by their own consent, in order', async ({ world }) => {
    await optIn(world)
    const people = Array.from({ length: 300 }, (_, i) => `person-${i}@example.com`)
    await record(world, ...people.filter((_, i) => i % 3 === 0).map(address => ({ address })))
    await request(world, people[1]!)
    const { results } = await answered(
      await world.call('/v1/check', { topic: 'news', addresses: ['nonsense', ...people, people[0]] }),
    )
    const expected = people.map((_, i) =>
      i % 3 === 0 ? 'allow' : i === 1 ? 'pending_confirmation' : 'no_consent',
    )
    expect(
      results.map(({ reason, decision }: { reason?: string; decision: string }) => reason ?? decision),
    ).toEqual(['invalid_address', ...expected, 'allow'])
  })
})

describe('a consent the sender holds', () => {
  test('is recorded with its own time and evidence, and lets mail go', async ({ world }) => {
    await optIn(world)
    const at = '2024-05-17T09:30:00.000Z'
    const evidence = {
      source: { url: 'https://north.example/checkout' },
      ip: '2001:db8::7',
      userAgent: 'Old Browser',
      wording: 'I want the news.',
      proof: 'order 4711',
    }
    expect(await record(world, { at, notice: { name: 'privacy', version: '1' }, ...evidence })).toEqual([
      { address: BOB, topic: 'news', outcome: 'recorded' },
    ])
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    const { topics, history } = await prove(world, BOB, { topic: 'news' })
    expect(topics).toMatchObject([
      { topic: 'news', mode: 'opt_in', state: 'confirmed', basis: 'express', givenAt: at },
    ])
    expect(history).toMatchObject([
      {
        type: 'consent.granted',
        actor: expect.stringMatching(/^key_/),
        data: { basis: 'express', givenAt: at, notice: 'privacy', noticeVersion: '1' },
        evidence,
      },
    ])
  })

  test.for<[basis: string, months: number]>([
    ['implied_purchase', 24],
    ['implied_inquiry', 6],
  ])('%s counts for %i calendar months from its event, and no longer', async ([basis, months], { world }) => {
    await optIn(world)
    const results = await record(
      world,
      { basis, at: monthsAgo(months - 1) },
      { address: CLEO, basis, at: monthsAgo(months, 1) },
    )
    expect(results[0]).toMatchObject({ outcome: 'recorded', expiresAt: expect.any(String) })
    expect(results[1]).toEqual({ address: CLEO, topic: 'news', outcome: 'refused', error: 'already_expired' })
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    expect(await world.check(CLEO)).toMatchObject({ decision: 'deny', reason: 'no_consent' })
  })

  test('that is implied has its term also where the recipient was asked to confirm it', async ({ world }) => {
    await optIn(world)
    const { confirmation } = await request(world, BOB, { basis: 'implied_inquiry' })
    await press(world, confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
    const { expiresAt } = (await prove(world, BOB, { topic: 'news' })).topics[0]
    const half = new Date()
    half.setUTCMonth(half.getUTCMonth() + 6, half.getUTCDate() + 1)
    expect(Date.parse(expiresAt)).toBeLessThan(half.getTime())
    await world.update('subscription', 'until = ?', [Date.now() - 1])
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'consent_expired' })
  })

  test('that is implied takes nothing from one given in so many words, confirmed or not', async ({
    world,
  }) => {
    const express = await request(world, BOB)
    await press(world, express.confirmation.confirmUrl)
    const implied = await request(world, BOB, { basis: 'implied_inquiry' })
    await press(world, implied.confirmation.confirmUrl)
    const [news] = (await prove(world, BOB, { topic: 'news' })).topics
    expect(news).toMatchObject({ state: 'confirmed', basis: 'express' })
    expect(news.expiresAt).toBeUndefined()
  })

  test('counts anew from each new event, and never less for an older one', async ({ world }) => {
    const until = async () => (await prove(world, BOB, { topic: 'news' })).topics[0].expiresAt
    await record(world, { basis: 'implied_purchase', at: monthsAgo(12) })
    const first = await until()
    await record(world, { basis: 'implied_purchase', at: monthsAgo(1) })
    const second = await until()
    expect(second > first).toBe(true)
    expect(await record(world, { basis: 'implied_purchase', at: monthsAgo(20) })).toMatchObject([
      { outcome: 'unchanged' },
    ])
    expect(await until()).toBe(second)
  })

  test('with a term never takes the place of one without', async ({ world }) => {
    await record(world, {})
    expect(await record(world, { basis: 'implied_inquiry' })).toMatchObject([{ outcome: 'unchanged' }])
    expect((await prove(world, BOB, { topic: 'news' })).topics).toMatchObject([{ basis: 'express' }])
    expect(await happened(world)).toEqual(['consent.granted'])
  })

  test('is denied from its very end on, and that is written down by the minute', async ({ world }) => {
    await record(world, { basis: 'implied_inquiry' })
    await world.update('subscription', 'until = ?', [Date.now() - 1])
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'consent_expired' })
    expect((await prove(world, BOB, { topic: 'news' })).topics).toMatchObject([
      { state: 'expired', decision: 'deny', reason: 'consent_expired' },
    ])
    await world.runCron()
    await world.runCron()
    expect(await ledger(world)).toMatchObject([
      ['consent.granted', {}],
      ['consent.expired', { basis: 'implied_inquiry' }],
    ])
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'consent_expired' })
    await record(world, { basis: 'implied_inquiry', at: new Date().toISOString() })
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })

  test('given in so many words is kept beside a weaker ground that lasts as long', async ({ world }) => {
    await record(world, { basis: 'legitimate_interest' })
    expect(await record(world, { wording: 'Yes, please.' })).toMatchObject([{ outcome: 'recorded' }])
    const { topics, history } = await prove(world, BOB, { topic: 'news' })
    expect(topics).toMatchObject([{ basis: 'express' }])
    expect(history.at(-1)).toMatchObject({ evidence: { wording: 'Yes, please.' } })
    expect(await record(world, { basis: 'legitimate_interest' })).toMatchObject([{ outcome: 'unchanged' }])
  })

  test('brings nobody back who unsubscribed', async ({ world }) => {
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.confirmUrl)
    const { unsubscribeUrl } = await world.links(BOB)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    const results = await world.writesNothing(() => record(world, { at: new Date().toISOString() }))
    expect(results).toEqual([
      { address: BOB, topic: 'news', outcome: 'refused', error: 'ended_by_recipient' },
    ])
    const { unsubscribeUrl: other } = await world.links(CLEO)
    await world.fetch(other, { method: 'POST' })
    expect(await record(world, { address: CLEO })).toMatchObject([{ outcome: 'recorded' }])
    expect(await world.check(CLEO)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('recorded a second time changes nothing', async ({ world }) => {
    await record(world, { ip: '203.0.113.1' }, { address: CLEO, basis: 'soft_opt_in' })
    expect(
      await world.writesNothing(() =>
        record(world, { ip: '203.0.113.1' }, { address: CLEO, basis: 'soft_opt_in' }),
      ),
    ).toMatchObject([{ outcome: 'unchanged' }, { outcome: 'unchanged' }])
  })

  test.for<[what: string, more: object, error: string]>([
    ['what is no address', { address: 'nonsense' }, 'invalid_address'],
    ['a topic of another workspace', { topic: 'weekly' }, 'unknown_topic'],
    ['a notice that does not exist', { notice: { name: 'privacy', version: '9' } }, 'unknown_notice'],
    ['a time in the future', { at: '2999-01-01T00:00:00Z' }, 'at_in_the_future'],
    ['an end that has passed', { expiresAt: '2020-01-01T00:00:00Z' }, 'already_expired'],
    [
      'an end later than the law allows',
      { basis: 'implied_inquiry', expiresAt: '2999-01-01T00:00:00Z' },
      'longer_than_the_law',
    ],
  ])('is refused with %s, and the others of its call are not', async ([, more, error], { world }) => {
    const [refused, taken] = await record(world, more, { address: CLEO })
    expect(refused).toMatchObject({ outcome: 'refused', error })
    expect(taken).toMatchObject({ outcome: 'recorded' })
    expect(await happened(world)).toEqual(['consent.granted'])
  })

  test('a thousand in one call, twice over, are taken once', async ({ world }) => {
    const many = Array.from({ length: 1000 }, (_, i) => ({
      address: `person-${i}@example.com`,
      ip: '203.0.113.1',
    }))
    const outcomes = (results: { outcome: string }[]) => [...new Set(results.map(({ outcome }) => outcome))]
    expect(outcomes(await record(world, ...many))).toEqual(['recorded'])
    expect(outcomes(await record(world, ...many))).toEqual(['unchanged'])
    expect(await world.sql('SELECT count(*) FROM event WHERE type = ?', ['consent.granted'])).toEqual([
      [1000],
    ])
    const tooMany = await world.call('/v1/consents', { entries: Array(1001).fill(entryOf()) })
    expect(tooMany.status).toBe(400)
  })
})

describe('a withdrawal', () => {
  const confirmed = async (world: World) => {
    const { confirmation } = await request(world, BOB, { topics: ['news', 'offers'] })
    await press(world, confirmation.confirmUrl)
  }
  const stateOf = async (world: World) =>
    (await prove(world)).topics.map(({ topic, state, decision }: Record<string, string>) => [
      topic,
      state,
      decision,
    ])

  test.for<[door: string, act: (world: World) => Promise<unknown>]>([
    ['one click', async world => world.fetch((await world.links(BOB)).unsubscribeUrl, { method: 'POST' })],
    [
      'the preference center',
      async world =>
        world.fetch((await world.links(BOB)).preferencesUrl, {
          method: 'POST',
          body: new URLSearchParams([
            ['act', 'save'],
            ['shown', 'news'],
            ['shown', 'offers'],
            ['topic', 'offers'],
          ]),
        }),
    ],
    [
      'the sender, who was told',
      async world => world.call('/v1/consents/withdraw', { address: BOB, topics: ['news'] }),
    ],
  ])('by %s ends the consent to one topic, in the same act as the mail', async ([, act], { world }) => {
    await confirmed(world)
    await act(world)
    expect(await stateOf(world)).toEqual([
      ['news', 'ended', 'deny'],
      ['offers', 'confirmed', 'allow'],
      ['receipts', 'none', 'allow'],
    ])
    expect((await happened(world)).slice(2)).toEqual(['suppression.added', 'consent.withdrawn'])
    const times = await world.sql(
      'SELECT count(DISTINCT at) FROM (SELECT at FROM event WHERE address_id IS NOT NULL ORDER BY seq DESC LIMIT 2)',
    )
    expect(times).toEqual([[1]])
  })

  test('from everything ends every consent, and is the recipient’s word: no sender takes it back', async ({
    world,
  }) => {
    await confirmed(world)
    expect(await answered(await world.call('/v1/consents/withdraw', { address: BOB }))).toEqual({
      outcome: 'withdrawn',
    })
    expect(await answered(await world.call('/v1/consents/withdraw', { address: BOB }))).toEqual({
      outcome: 'unchanged',
    })
    expect((await stateOf(world)).slice(0, 2)).toEqual([
      ['news', 'ended', 'deny'],
      ['offers', 'ended', 'deny'],
    ])
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: BOB }))
    const lift = await world.call(`/v1/suppressions/${suppressions[0].id}`, null, {
      method: 'DELETE',
      body: null,
    })
    expect(lift.status).toBe(409)
  })

  test('undone brings the consent back with the mail', async ({ world }) => {
    await confirmed(world)
    const { unsubscribeUrl } = await world.links(BOB)
    const page = await world.fetch(`${unsubscribeUrl}/page`, {
      method: 'POST',
      body: new URLSearchParams({ scope: 'workspace' }),
    })
    const undo = /name="undo"[^>]*value="([^"]+)"/.exec(await page.text())?.[1] ?? ''
    await world.fetch(`${unsubscribeUrl}/undo`, { method: 'POST', body: new URLSearchParams({ undo }) })
    expect((await stateOf(world)).slice(0, 2)).toEqual([
      ['news', 'confirmed', 'allow'],
      ['offers', 'confirmed', 'allow'],
    ])
    expect((await happened(world)).slice(4)).toEqual(['suppression.lifted', 'consent.restored'])
  })

  test.for([
    [{ address: 'nonsense' }, 400],
    [{ sha256: 'abc' }, 400],
    [{}, 400],
    [{ address: BOB, topics: ['weekly'] }, 404],
    [{ address: BOB, topics: [] }, 400],
  ] as const)('of %j is refused with %i', async ([body, status], { sharedWorld: world }) => {
    const answer = await world.writesNothing(() => world.call('/v1/consents/withdraw', body))
    expect(answer.status).toBe(status)
  })
})

describe('a receipt', () => {
  const verified = async (world: World, receipt: string) => {
    const jwks = await (await world.fetch('/.well-known/jwks.json')).json()
    const { payload } = await compactVerify(receipt, createLocalJWKSet(jwks as never), {
      algorithms: ['EdDSA'],
    })
    return JSON.parse(Buffer.from(payload).toString())
  }

  test('is signed, and says with the fields of ISO/IEC TS 27560 who agreed to what, when, shown which notice', async ({
    world,
  }) => {
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.confirmUrl)
    const { receipt, history } = await prove(world, BOB, { topic: 'news' })
    // No other installation's key has this name (RFC 7638); receipts of before names differed verify by the former one.
    const { keys } = (await (await world.fetch('/.well-known/jwks.json')).json()) as JSONWebKeySet
    const kid = await calculateJwkThumbprint(keys[0]!)
    expect(decodeProtectedHeader(receipt)).toEqual({ alg: 'EdDSA', kid, typ: 'consent-receipt+jws' })
    expect(keys.map(key => key.kid)).toEqual([kid, 'receipt-1'])
    expect(keys[1]).toMatchObject({ x: keys[0]!['x'] })
    const said = await verified(world, receipt)
    expect(said).toMatchObject({
      iss: 'https://floe.example.com',
      record: {
        schema_version: 'ISO/IEC TS 27560:2023',
        record_id: said.jti,
        pii_principal_id: history[0].addressId,
      },
      pii_processing: {
        privacy_notice: 'https://floe.example.com/privacy/1/',
        privacy_notice_version: '1',
        purposes: [
          {
            purpose: 'News',
            lawful_basis: 'express',
            consent_state: 'confirmed',
            pii_controllers: ['sender'],
          },
        ],
      },
      party_identification: [
        { party_id: 'sender', party_name: 'North & Co.', party_role: 'PII controller' },
        { party_id: 'floe', party_role: 'PII processor' },
      ],
      event: [
        { event_state: 'requested', ledger_leaf: history[0].leaf },
        {
          event_state: 'given',
          event_type: 'explicit',
          entity_id: 'recipient',
          ledger_leaf: history[1].leaf,
        },
      ],
    })
    expect(JSON.stringify(said)).not.toMatch(/bob@|203\.0\.113|Mozilla|\/[upc]\/[\w-]{32}/)
    expect(JSON.stringify(said)).not.toContain(await sha256(BOB))
  })

  test('for one topic tells nothing of a sign-up for another', async ({ world }) => {
    await request(world, BOB, { topics: ['offers'] })
    const week = 7 * 24 * 60 * 60 * 1000
    await world.update('subscription_request', 'requested_at = requested_at - ?', [week])
    await world.runCron()
    const { confirmation } = await request(world, BOB, { topics: ['news'] })
    await press(world, confirmation.confirmUrl)
    const { receipt, history } = await prove(world, BOB, { topic: 'news' })
    expect(history.map(({ type }: { type: string }) => type)).toEqual([
      'consent.requested',
      'consent.confirmed',
    ])
    const states = (await verified(world, receipt)).event.map(
      ({ event_state }: { event_state: string }) => event_state,
    )
    expect(states).toEqual(['requested', 'given'])
    const offers = await prove(world, BOB, { topic: 'offers' })
    expect(offers.history.map(({ type }: { type: string }) => type)).toEqual([
      'consent.requested',
      'confirmation.expired',
    ])
  })

  test('does not verify once a letter of it has changed', async ({ world }) => {
    const { receipt } = await prove(world)
    const [head, payload, signature] = receipt.split('.')
    const other = Buffer.from(payload!, 'base64url').toString().replace('"none"', '"confirmed"')
    await expect(
      verified(world, [head, Buffer.from(other).toString('base64url'), signature].join('.')),
    ).rejects.toThrow()
    await expect(verified(world, receipt)).resolves.toBeTruthy()
  })

  test('of somebody unknown says that there is nothing', async ({ world }) => {
    const { topics, history } = await prove(world, 'nobody@example.com')
    expect(topics.map(({ state }: { state: string }) => state)).toEqual(['none', 'none', 'none'])
    expect(history).toEqual([])
  })

  test('says what is left of the evidence once its key is destroyed: a digest', async ({ world }) => {
    await request(world, BOB)
    await world.remove('recipient_key')
    const { history } = await prove(world)
    expect(history).toMatchObject([
      { evidence: null, evidenceDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
  })

  test('is of one’s own workspace only', async ({ world }) => {
    await request(world, BOB)
    for (const key of [world.siblingApiKey, world.otherApiKey]) {
      const theirs = await answered(await world.call('/v1/consents/prove', { address: BOB }, { key }))
      expect(theirs.history).toEqual([])
    }
  })
})

describe('time', () => {
  test('ends a sign-up that nobody confirmed in seven days, with an event', async ({ world }) => {
    await optIn(world)
    await request(world, BOB)
    const week = 7 * 24 * 60 * 60 * 1000
    await world.update('subscription_request', 'requested_at = requested_at - ?', [week])
    await world.update('subscription', 'until = until - ?', [week])
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'no_consent' })
    await world.runCron()
    await world.runCron()
    expect(await happened(world)).toEqual(['consent.requested', 'confirmation.expired'])
    expect((await prove(world)).topics[0]).toMatchObject({ state: 'expired', reason: 'no_consent' })
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.confirmUrl)
    expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
  })
})

test('what is recorded, proved and withdrawn needs a key that may', async ({ world }) => {
  const calls: [path: string, body: object][] = [
    ['/v1/subscriptions', signUp(BOB)],
    ['/v1/consents', { entries: [entryOf()] }],
    ['/v1/consents/prove', { address: BOB }],
    ['/v1/consents/withdraw', { address: BOB }],
  ]
  await world.update('api_key', 'permissions = ?', ['["addresses:check"]'])
  for (const [path, body] of calls) {
    const answer = await world.writesNothing(() => world.call(path, body))
    expect(answer.status, path).toBe(403)
  }
})

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex')
}
