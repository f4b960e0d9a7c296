import { describe, expect, test as plain } from 'vitest'
import { mintToken } from '../../core/token.ts'
import { claimOf } from '../conformance/client.ts'
import { CLAIMS, claimsOf, type Facts, falseIn } from '../support/claims.ts'
import { request } from '../support/consent.ts'
import type { Mailing } from '../support/mail.ts'
import { form, linkIn, openData, test } from '../support/rights.ts'
import { answered, type World } from '../support/world.ts'

const ADA = 'ada@example.com'
const HTML = { headers: { accept: 'text/html' } }

/** Brings a recipient into a state. */
type State = (mailing: Mailing) => Promise<unknown>

const onCenter = async (world: World, fields: object) => {
  const { preferencesUrl } = await world.links(ADA)
  return world.fetch(preferencesUrl, form(fields as Record<string, string>))
}
const chosen =
  (fields: Record<string, string>): State =>
  async ({ world }) =>
    expect((await onCenter(world, fields)).status).toBe(303)
const suppressed =
  (reason: string, scope = 'workspace'): State =>
  async ({ world }) =>
    answered(await world.call('/v1/suppressions', { entries: [{ address: ADA, scope, reason }] }))
const byRight =
  (path: string, fields: Record<string, string> = {}): State =>
  async mailing =>
    expect((await (await openData(mailing, ADA)).send(path, fields)).status).toBe(200)
const needingConsent: State = ({ world }) => world.update('topic', "consent = 'opt_in'", [], "name = 'news'")

/** What a recipient can be, as far as mail is concerned. */
const STATES: Record<string, State> = {
  subscribed: async () => undefined,
  'who turned one topic off': chosen({ act: 'save', shown: 'news' }),
  'who turned everything off': chosen({ act: 'stop' }),
  'who paused': chosen({ act: 'pause 30' }),
  'who turned one topic off and paused': chosen({ act: 'pause 30', shown: 'offers' }),
  'who never agreed': needingConsent,
  'who has not confirmed': async mailing => {
    await needingConsent(mailing)
    await request(mailing.world, ADA)
  },
  'who restricted the use of their data': byRight('/restrict'),
  'who objected at the sender': byRight('/object'),
  'who objected at the company': byRight('/object', { reach: 'tenant' }),
  'who complained': suppressed('complained'),
  'whose mail bounced': suppressed('bounced'),
  'whom the sender blocked': suppressed('manual'),
  'whom the sender blocked in one topic': async ({ world }) => {
    const entries = [{ address: ADA, scope: 'topic', topic: 'offers', reason: 'manual' }]
    return answered(await world.call('/v1/suppressions', { entries }))
  },
  'whom the law keeps away': suppressed('legal', 'tenant'),
  'whom the law keeps from what is owed': async ({ world }) => {
    const entries = [{ address: ADA, scope: 'topic', topic: 'receipts', reason: 'legal' }]
    return answered(await world.call('/v1/suppressions', { entries }))
  },
  'who was on a list of those who left': async ({ world }) => {
    const headers = { 'content-type': 'text/csv', authorization: `Bearer ${world.apiKey}` }
    const to = '/v1/suppressions/import?scope=topic&topic=offers&reason=unsubscribed'
    const answer = await world.fetch(to, { method: 'POST', headers, body: `${ADA}\n` })
    expect(await answer.text()).toContain('"type":"done"')
  },
  'who had their data erased': byRight('/erased'),
  'who moved to another address': async mailing => {
    const data = await openData(mailing, ADA)
    await data.send('/address', { address: 'ada@new.example' })
    for (let count = 2; ; count++) {
      const mail = (await mailing.mail.received(count)).find(({ to }) => to === 'ada@new.example')
      if (mail) return mailing.world.fetch(linkIn(mail, 'r'), form({}))
    }
  },
}

/** What a check says of each at first: of news, of offers, and of receipts for what is owed. */
const DECIDED: Record<string, string> = {
  subscribed: 'allow, allow, allow',
  'who turned one topic off': 'unsubscribed, allow, allow',
  'who turned everything off': 'unsubscribed, unsubscribed, allow',
  'who paused': 'paused, paused, allow',
  'who turned one topic off and paused': 'paused, unsubscribed, allow',
  'who never agreed': 'no_consent, allow, allow',
  'who has not confirmed': 'pending_confirmation, allow, allow',
  'who restricted the use of their data': 'restricted, restricted, restricted',
  'who objected at the sender': 'objected, objected, allow',
  'who objected at the company': 'objected, objected, allow',
  'who complained': 'complained, complained, complained',
  'whose mail bounced': 'bounced, bounced, bounced',
  'whom the sender blocked': 'manual, manual, manual',
  'whom the sender blocked in one topic': 'allow, manual, allow',
  'whom the law keeps away': 'legal, legal, legal',
  'whom the law keeps from what is owed': 'allow, allow, legal',
  'who was on a list of those who left': 'allow, unsubscribed, allow',
  'who had their data erased': 'unsubscribed, unsubscribed, allow',
  'who moved to another address': 'unsubscribed, unsubscribed, allow',
}

/** What is looked at and done, one after another: each page that follows is read. */
const STEPS: readonly [page: string, step: (world: World) => Promise<Response>][] = [
  ['the unsubscribe page', async world => world.fetch((await world.links(ADA)).unsubscribeUrl, HTML)],
  ['the unsubscribe page of what is owed', world => world.fetch(owedLink(world), HTML)],
  ['the preference center', async world => world.fetch((await world.links(ADA)).preferencesUrl, HTML)],
  [
    'the page after unsubscribing and undoing that',
    async world => {
      const undo = /name="undo" value="([^"]+)"/.exec(await (await leave(world, 'topic')).text())
      const { unsubscribeUrl } = await world.links(ADA)
      return undo
        ? world.fetch(`${unsubscribeUrl}/undo`, form({ undo: undo[1]! }))
        : world.fetch(unsubscribeUrl, HTML)
    },
  ],
  ...[
    { act: 'opt_out_of_sale' },
    { act: 'language en' },
    { act: 'ask news' },
    { act: 'pause 60', shown: 'offers' },
    { act: 'save', shown: 'news' },
    { act: 'save', shown: 'news', topic: 'news' },
    { act: 'save' },
  ].map(fields => pressed(fields)),
  ['the page after unsubscribing', world => leave(world, 'topic')],
  [
    'the page after unsubscribing from what is owed',
    world => world.fetch(`${owedLink(world)}/page`, form({ scope: 'topic' })),
  ],
  ['the page after unsubscribing from all', world => leave(world, 'workspace')],
  pressed({ act: 'stop' }),
]

function pressed(fields: {
  act: string
  shown?: string
  topic?: string
}): [string, (world: World) => Promise<Response>] {
  return [
    `the preference center after “${fields['act']}”`,
    async world => world.fetch((await onCenter(world, fields)).headers.get('location')!, HTML),
  ]
}

async function leave(world: World, scope: string): Promise<Response> {
  return world.fetch(`${(await world.links(ADA)).unsubscribeUrl}/page`, form({ scope }))
}

/** Returns a link of a topic that became transactional later: none is minted for one that is. */
const owedLink = (world: World): string =>
  `/u/${mintToken(world.keyring, 'unsubscribe', { ...claimOf(world, ADA), topic: world.topics.receipts })}`

async function factsOf(world: World): Promise<Facts> {
  const [news, offers] = [await world.check(ADA), await world.check(ADA, { topic: 'offers' })]
  return { news, offers, receipts: await world.check(ADA, { topic: 'receipts', purpose: 'transactional' }) }
}

/** Claims that some page made. */
const made = new Set<string>()

const orders = { 'first looking, then pressing': STEPS, 'the other way around': [...STEPS].reverse() }

describe.for(Object.entries(orders))('%s', ([, steps]) => {
  test.for(Object.keys(STATES))(
    'a recipient %s reads only what checks confirm',
    async (state, { mailing }) => {
      await STATES[state]!(mailing)
      const { news, offers, receipts } = await factsOf(mailing.world)
      const decided = [news, offers, receipts].map(({ decision, reason }) => reason ?? decision)
      expect(decided.join(', ')).toBe(DECIDED[state])
      for (const [page, step] of steps) {
        const html = await (await step(mailing.world)).text()
        const facts = await factsOf(mailing.world)
        for (const claim of claimsOf(html)) made.add(claim)
        expect({ page, false: falseIn(html, facts), facts }).toEqual({ page, false: [], facts })
      }
    },
  )
})

plain('every sentence of the table is on some page, so that none is compared with nothing', () => {
  expect(CLAIMS.map(([{ source }]) => source).filter(source => !made.has(source))).toEqual([])
})

plain('a page that says the opposite, or what is not in the table, is found', () => {
  const deny = { decision: 'deny', reason: 'unsubscribed' }
  const allow = { decision: 'allow' }
  const page = (...lines: string[]) =>
    `<title>Undone · North &amp; Co.</title><main>${lines.map(line => `<p>${line}</p>`).join('')}</main>`
  const facts = { news: deny, offers: allow, receipts: allow }
  expect(falseIn(page('You are unsubscribed', 'Your choice is recorded.'), facts)).toEqual([])
  expect(falseIn(page('You are unsubscribed'), { ...facts, news: allow })).toEqual(['You are unsubscribed'])
  expect(falseIn(page('You are subscribed'), facts)).toEqual(['You are subscribed'])
  expect(falseIn(page('You are not unsubscribed. Your choice is recorded.'), facts)).toEqual([
    'You are not unsubscribed.',
  ])
  const row = (box: string) =>
    `<ul class="topics"><li class="topic">${box}<span>Offers</span><span>Off</span></li></ul>`
  expect(falseIn(page(row('')), facts)).toEqual(['offers: Off'])
  expect(falseIn(page(row('<input type="checkbox" checked="">')), { ...facts, offers: deny })).toEqual([
    'offers: ticked',
  ])
})
