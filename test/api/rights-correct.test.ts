import { describe, expect } from 'vitest'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { happened, ledger } from '../support/consent.ts'
import type { Mailing } from '../support/mail.ts'
import { exported, form, linkIn, mailedAll, type OpenedData, openData, test } from '../support/rights.ts'
import { answered, type World } from '../support/world.ts'

const NEW = 'ada@new.example'
const DAY = 24 * 60 * 60 * 1000
const consent = (address: string, more: object = {}) => ({
  address,
  topic: 'news',
  basis: 'express',
  at: '2026-01-02T00:00:00Z',
  wording: `Yes, says ${address}`,
  ...more,
})
const record = async (world: World, ...entries: object[]) =>
  answered(await world.call('/v1/consents', { entries }))

/** Asks the new address and returns the path of the link that it gets. */
async function linkTo({ world, mail }: Mailing, data: OpenedData, address: string): Promise<string> {
  const answer = await data.send('/address', { address })
  expect([answer.status, (await answer.text()).includes('a mail is on its way')]).toEqual([200, true])
  await expect
    .poll(async () => (await ledger(world)).filter(([type]) => type === 'rights.link_mailed').length)
    .toBeGreaterThan(1)
  const all = await mail.received(2)
  return linkIn(all.find(({ to }) => to === address)!, 'r')
}

test('a new address that says yes takes everything along, in one act, and the old one is forgotten', async ({
  mailing,
}) => {
  const { world } = mailing
  await world.update('topic', "consent = 'opt_in'", [], "name = 'news'")
  await record(world, consent(ADA))
  const entries = [{ address: ADA, scope: 'topic', topic: 'offers', reason: 'manual' }]
  await answered(await world.call('/v1/suppressions', { entries }))
  const data = await openData(mailing, ADA)
  const link = await linkTo(mailing, data, NEW)
  expect(await world.check(NEW)).toMatchObject({ decision: 'deny', reason: 'no_consent' })
  const looked = await world.writesNothing(async () => (await world.fetch(link)).text())
  expect(looked).toContain('Shall <bdi>North &amp; Co.</bdi> use this address for you?')
  expect(looked).toContain('News')
  expect(looked).not.toContain(ADA)
  expect(await (await world.fetch(link, form({}))).text()).toContain('Your address is corrected')

  expect(await world.check(NEW)).toEqual({ address: NEW, decision: 'allow' })
  expect(await world.check(NEW, { topic: 'offers' })).toMatchObject({ decision: 'deny', reason: 'manual' })
  expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  expect(await world.check(ADA, { topic: 'offers' })).toMatchObject({ decision: 'deny' })
  expect((await data.send('')).status).toBe(403)
  const again = await world.writesNothing(() => world.fetch(link, form({})))
  expect(await again.text()).toContain('Your address is corrected')

  const { history } = await answered(await world.call('/v1/consents/prove', { address: NEW }))
  expect(history[0]).toMatchObject({ type: 'consent.granted', evidence: { wording: `Yes, says ${ADA}` } })
  expect(JSON.stringify(history)).not.toMatch(/formerKey|formerId/)
  const former = await answered(await world.call('/v1/consents/prove', { address: ADA }))
  expect(JSON.stringify(former.history)).not.toContain('Yes, says')
  expect(former.history.every(({ type }: { type: string }) => type !== 'consent.granted')).toBe(true)

  const moved = await exported(await openData(mailing, NEW))
  expect(moved).toMatchObject({
    address: NEW,
    addressKept: true,
    topics: [{ topic: 'news', state: 'confirmed' }],
  })
  const { requests } = await answered(
    await world.call('/v1/rights-requests?state=open', null, { method: 'GET', body: null }),
  )
  expect(requests).toMatchObject([
    { right: 'rectification', recipient: { address: NEW, formerAddress: ADA } },
  ])
})

describe('a link that was mailed to the old address', () => {
  test('goes on reducing mail, also to the new one', async ({ mailing }) => {
    const { world } = mailing
    await record(world, consent(ADA), consent(ADA, { topic: 'offers' }))
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    await world.fetch(await linkTo(mailing, await openData(mailing, ADA), NEW), form({}))
    expect(await world.check(NEW)).toMatchObject({ decision: 'allow' })
    expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
    expect(await world.check(NEW)).toMatchObject({ decision: 'deny', reason: 'unsubscribed', scope: 'topic' })
    expect(await world.check(NEW, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
    await world.fetch(preferencesUrl, form({ act: 'stop' }))
    expect(await world.check(NEW, { topic: 'offers' })).toMatchObject({
      decision: 'deny',
      scope: 'workspace',
    })
  })

  test('opens the data of nobody else: the new address is asked for by its own links', async ({
    mailing,
  }) => {
    const { world, mail } = mailing
    const { preferencesUrl } = await world.links(ADA)
    await world.fetch(await linkTo(mailing, await openData(mailing, ADA), NEW), form({}))
    await world.writesNothing(() => world.fetch(`${preferencesUrl}/access`, form({ address: NEW })))
    expect(await mail.received(2)).toHaveLength(2)
  })
})

describe('where somebody is known at the new address already', () => {
  test('less mail wins, and nobody is told', async ({ mailing }) => {
    const { world } = mailing
    await record(world, consent(ADA), consent(ADA, { topic: 'offers' }), consent(NEW))
    const { unsubscribeUrl } = await world.links(NEW)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    const data = await openData(mailing, ADA)
    const unknown = await (await data.send('/address', { address: 'nobody@new.example' })).text()
    const known = await (await data.send('/address', { address: NEW })).text()
    // The second page tells of the first asking, whatever came of it.
    const but = (page: string) => page.replace(/<details.*<\/details>/s, '')
    expect(but(known)).toBe(but(unknown))
    const mails = await mailing.mail.received(3)
    await world.fetch(linkIn(mails.find(({ to }) => to === NEW)!, 'r'), form({}))
    expect(await world.check(NEW)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await world.check(NEW, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
    const { topics, history } = await answered(await world.call('/v1/consents/prove', { address: NEW }))
    expect(topics[0]).toMatchObject({ topic: 'news', state: 'ended' })
    const said = JSON.stringify(history)
    expect([said.includes(`Yes, says ${ADA}`), said.includes(`Yes, says ${NEW}`)]).toEqual([true, true])
  })

  test.for(['complained', 'bounced', 'legal'])('whoever %s is asked nothing', async (reason, { mailing }) => {
    const { world, mail } = mailing
    await answered(
      await world.call('/v1/suppressions', { entries: [{ address: NEW, scope: 'tenant', reason }] }),
    )
    const data = await openData(mailing, ADA)
    const answer = await data.send('/address', { address: NEW })
    expect(await answer.text()).toContain('a mail is on its way')
    await world.runCron()
    expect(await mail.received(1)).toHaveLength(1)
    // What is written is that she asked: neither whom, nor a mail to come.
    expect(await world.sql('SELECT sealed, mail_due_at FROM rights_link WHERE kind = 2')).toEqual([
      [null, null],
    ])
  })
})

test('"this was not me" ends it, and the address is kept nowhere', async ({ mailing }) => {
  const { world } = mailing
  const link = await linkTo(mailing, await openData(mailing, ADA), NEW)
  expect(await (await world.fetch(`${link}/refuse`, form({}))).text()).toContain('Nothing was changed')
  const late = await world.writesNothing(() => world.fetch(link, form({})))
  expect(await late.text()).toContain('Nothing was changed')
  expect(await world.sql('SELECT count(*) FROM rights_link WHERE kind = 2 AND sealed IS NOT NULL')).toEqual([
    [0],
  ])
  expect((await happened(world)).at(-1)).toBe('rights.correction_refused')
})

test('of a yes and a no that are pressed at once one counts, and two yeses move once', async ({
  mailing,
}) => {
  const { world } = mailing
  const link = await linkTo(mailing, await openData(mailing, ADA), NEW)
  const presses = [link, link, `${link}/refuse`, link, `${link}/refuse`]
  const pages = await Promise.all(presses.map(async path => (await world.fetch(path, form({}))).text()))
  const types = await happened(world)
  const outcomes = types.filter(type => /rights\.(address_corrected|correction_refused)/.test(type))
  expect(outcomes).toHaveLength(1)
  const said =
    outcomes[0] === 'rights.address_corrected' ? 'Your address is corrected' : 'Nothing was changed'
  for (const page of pages) expect(page).toContain(said)
})

test('a new address can say yes for 7 days', async ({ mailing }) => {
  const { world } = mailing
  const link = await linkTo(mailing, await openData(mailing, ADA), NEW)
  await world.update('rights_link', 'expires_at = expires_at - ?', [7 * DAY], 'kind = 2')
  const late = await world.writesNothing(() => world.fetch(link, form({})))
  expect(await late.text()).toContain('It is too late for this')
})

test('a new address is asked three times a day at most, and what is none is said to be none', async ({
  mailing,
}) => {
  const { world } = mailing
  const data = await openData(mailing, ADA)
  const rows = async () => (await world.sql('SELECT count(*) FROM rights_link WHERE kind = 2'))[0]![0]
  for (let i = 0; i < 5; i++) await data.send('/address', { address: NEW })
  expect(await rows()).toBe(3)
  await mailedAll(world)
  for (const address of [
    '',
    'ada',
    ADA,
    ' ADA@example.com',
    'a@b.example\r\nBcc: eve@example.com',
    'x'.repeat(10_000),
  ]) {
    const answer = await world.writesNothing(() => data.send('/address', { address }))
    expect(
      [answer.status, (await answer.text()).includes('That is no other e-mail address')],
      address,
    ).toEqual([400, true])
  }
  const huge = await world.writesNothing(() => data.send('/address', { address: 'x'.repeat(100_000) }))
  expect(huge.status).toBe(413)
})
