import { describe, expect } from 'vitest'
import { happened, mailedRequest, press, request } from '../support/consent.ts'
import { answered, test, type World } from '../support/world.ts'

const BOB = 'bob@example.com'

/** What a check says of every topic of the recipient's tenant, in both workspaces, but not since when. */
async function everyCheck(world: World): Promise<Record<string, string>> {
  const said: Record<string, string> = {}
  for (const [workspace, key] of [
    ['north', world.apiKey],
    ['south', world.siblingApiKey],
  ] as const) {
    for (const [topic, purpose] of [
      ['news', 'marketing'],
      ['offers', 'marketing'],
      ['receipts', 'transactional'],
    ]) {
      const answer = await world.call('/v1/check', { addresses: [BOB], topic, purpose }, { key })
      const [{ decision, reason }] = (await answered(answer)).results
      said[`${workspace}/${topic}`] = reason === undefined ? decision : `${decision} ${reason}`
    }
  }
  return said
}

const confirmed = async (world: World, topics: string[]) => {
  const { confirmation } = await mailedRequest(world, BOB, { topics })
  await press(world, confirmation.confirmUrl)
}

const leave = async (world: World, form?: Record<string, string>) => {
  const { unsubscribeUrl } = await world.links(BOB)
  await world.fetch(form ? `${unsubscribeUrl}/page` : unsubscribeUrl, {
    method: 'POST',
    ...(form && { body: new URLSearchParams(form) }),
  })
}

const granted = async (world: World, basis: string) => {
  const entry = { address: BOB, topic: 'news', basis, at: new Date().toISOString() }
  await answered(await world.call('/v1/consents', { entries: [entry] }))
}

const stop = async (world: World, entry: object) =>
  answered(await world.call('/v1/suppressions', { entries: [{ address: BOB, ...entry }] }))

const BEFORE: [who: string, prepare: (world: World) => Promise<unknown>, keeps: boolean][] = [
  ['was not known', async () => undefined, false],
  ['had confirmed that very topic', world => confirmed(world, ['news']), true],
  ['had confirmed another topic', world => confirmed(world, ['offers']), false],
  ['had confirmed both', world => confirmed(world, ['news', 'offers']), true],
  ['gave the sender a consent of their own', world => granted(world, 'express'), true],
  [
    'gave a consent that has come to its term',
    async world => {
      await granted(world, 'implied_inquiry')
      await world.update('subscription', 'until = 1')
    },
    false,
  ],
  ['had left that topic', world => leave(world), false],
  ['had left everything', world => leave(world, { scope: 'workspace' }), false],
  [
    'had come back after leaving',
    async world => {
      await leave(world)
      await confirmed(world, ['news'])
    },
    true,
  ],
  ['had complained', world => stop(world, { scope: 'tenant', reason: 'complained' }), false],
  ['was stopped by the sender', world => stop(world, { scope: 'workspace', reason: 'manual' }), false],
]

const allowed = (said: string) => said === 'allow'

describe('a sign-up for somebody else’s address, where no consent is needed,', () => {
  describe.for(BEFORE)('of somebody who %s', ([, prepare, keeps]) => {
    test('changes no check, and its refusal none but of what it asked for', async ({ world }) => {
      await prepare(world)
      const at = await everyCheck(world)
      const { confirmation } = await mailedRequest(world, BOB)
      expect(await everyCheck(world)).toEqual(at)
      const page = await world.writesNothing(() => world.fetch(confirmation.cancelUrl))
      const html = await page.text()
      expect(html).toContain('cannot ask you again for 30 days. Other mail stays as it is.')
      expect(html.includes('except for what you confirmed before')).toBe(keeps)
      expect(await everyCheck(world)).toEqual(at)
      await press(world, confirmation.cancelUrl)
      const { 'north/news': news, ...others } = await everyCheck(world)
      expect({ ...others, 'north/news': at['north/news'] }).toEqual(at)
      expect(allowed(news!)).toBe(keeps)
    })

    test('and refused once more by a button that was pressed before, changes nothing more', async ({
      world,
    }) => {
      await prepare(world)
      const { confirmation } = await mailedRequest(world, BOB)
      await press(world, confirmation.cancelUrl)
      await world.writesNothing(() => press(world, confirmation.cancelUrl))
    })

    test('and refused by the one click of a mail program unsubscribes from that topic alone', async ({
      world,
    }) => {
      await prepare(world)
      const at = await everyCheck(world)
      const { confirmation } = await mailedRequest(world, BOB)
      await world.fetch(confirmation.cancelUrl, { method: 'POST', body: 'List-Unsubscribe=One-Click' })
      const { 'north/news': news, ...others } = await everyCheck(world)
      expect({ ...others, 'north/news': at['north/news'] }).toEqual(at)
      expect(news).toMatch(/^deny /)
    })
  })

  test('and for two topics keeps the one that its recipient had confirmed, and says so first', async ({
    world,
  }) => {
    await confirmed(world, ['news'])
    const { confirmation } = await mailedRequest(world, BOB, { topics: ['news', 'offers'] })
    const shown = await (await world.fetch(confirmation.confirmUrl)).text()
    expect(shown).toContain('except for what you confirmed before')
    await press(world, confirmation.cancelUrl)
    expect(await everyCheck(world)).toMatchObject({
      'north/news': 'allow',
      'north/offers': 'deny no_consent',
      'north/receipts': 'allow',
    })
  })
})

describe('what was confirmed', () => {
  test('ends by “this was not me” of the sign-up that confirmed it, also on a page from before', async ({
    world,
  }) => {
    const { confirmation } = await request(world, BOB)
    await press(world, confirmation.confirmUrl)
    const page = await press(world, confirmation.cancelUrl)
    expect(await page.text()).toContain('You have unsubscribed')
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('is taken back by the button that says so, also where another sign-up had confirmed it', async ({
    world,
  }) => {
    const theirs = await mailedRequest(world, BOB)
    await confirmed(world, ['news'])
    const shown = await (await press(world, theirs.confirmation.cancelUrl)).text()
    expect(shown).toContain('You have already confirmed')
    const [field] = /<input[^>]*name="stop"[^>]*>/.exec(shown)!
    expect(field).toContain('value="topics"')
    const page = await world.fetch(theirs.confirmation.cancelUrl, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({ stop: 'topics' }),
    })
    expect(await page.text()).toContain('You have unsubscribed')
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect((await happened(world)).filter(type => type === 'consent.refused')).toHaveLength(1)
  })
})
