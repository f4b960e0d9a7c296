import { describe, expect } from 'vitest'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { press } from '../support/consent.ts'
import { accessLink, exported, form, linkIn, openData, sessionIn, test } from '../support/rights.ts'
import { answered } from '../support/world.ts'
import { consent, count, FLOOD, flood } from './flood.ts'

describe('somebody of whom forty thousand things are known', () => {
  test('sees, takes, restricts, objects, corrects and erases as everybody does', async ({ mailing }) => {
    const { world, mail } = mailing
    await answered(await world.call('/v1/consents', { entries: [consent] }))
    await flood(world)
    const link = await accessLink(mailing, ADA)
    const answer = await world.fetch(link, form({}))
    const page = await answer.text()
    expect(answer.status, page).toBe(200)
    expect(page).toContain('Your data was opened')
    expect(page.length).toBeLessThan(30_000)
    const session = sessionIn(page)
    const send = (path: string, fields: Record<string, string> = {}) =>
      world.fetch(`/your-data${path}`, form({ session, ...fields }))

    const taken = await exported({ session, page, send })
    expect(taken.history).toHaveLength(await count(world))
    expect(taken.history[0]).toMatchObject({ type: 'consent.granted', evidence: { wording: 'Yes!' } })
    expect(taken.history.at(-1)).toMatchObject({ type: 'rights.data_exported' })
    const copy = await (await send('/export', { as: 'page' })).text()
    expect(copy.match(/<li class="fact">/g)!.length).toBeGreaterThan(FLOOD)
    expect(copy.trimEnd().endsWith('</html>')).toBe(true)

    const restricted = await send('/restrict')
    expect([restricted.status, await restricted.text()]).toMatchObject([200, expect.stringContaining('Done')])
    expect((await send('/object', { reach: 'tenant' })).status).toBe(200)
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'restricted' })
    expect((await send('/lift', { limit: 'restricted' })).status).toBe(200)
    expect((await send('/request', { right: 'access', message: 'What else?' })).status).toBe(200)
    expect((await send('/language', { locale: 'en' })).status).toBe(200)
    expect((await send('/address', { address: 'ada@new.example' })).status).toBe(200)
    const mails = await mail.received(2)
    expect(mails.some(({ to }) => to === 'ada@new.example')).toBe(true)
    expect((await send('/erase')).status).toBe(200)
    const erased = await send('/erased')
    expect([erased.status, await erased.text()]).toMatchObject([
      200,
      expect.stringContaining('Your data is erased'),
    ])
    expect(await world.sql('SELECT count(*) FROM recipient_key')).toEqual([[0]])
  }, 120_000)

  test('moves to another address, and takes all of it along with what opens it', async ({ mailing }) => {
    const { world, mail } = mailing
    await answered(await world.call('/v1/consents', { entries: [consent] }))
    await flood(world)
    const data = await openData(mailing, ADA)
    expect((await data.send('/address', { address: 'ada@new.example' })).status).toBe(200)
    const mails = await mail.received(2)
    const link = linkIn(mails.find(({ to }) => to === 'ada@new.example')!, 'r')
    expect((await press(world, link)).status).toBe(200)
    const taken = await exported(await openData(mailing, 'ada@new.example'))
    expect(taken.history.length).toBeGreaterThan(FLOOD)
    expect(taken.history[0]).toMatchObject({ type: 'consent.granted', evidence: { wording: 'Yes!' } })
  }, 120_000)

  test('is proved by their sender, with what they agreed to in the receipt', async ({ world }) => {
    await answered(await world.call('/v1/consents', { entries: [consent] }))
    await flood(world)
    const ask = async (more: object) =>
      answered(await world.call('/v1/consents/prove', { address: ADA, topic: 'news', ...more }))
    const first = await ask({})
    expect(first.topics).toMatchObject([{ topic: 'news', state: 'confirmed', decision: 'allow' }])
    expect(first.history).toHaveLength(200)
    expect(first.history[0]).toMatchObject({ type: 'consent.granted', evidence: { wording: 'Yes!' } })
    const receipt = JSON.parse(Buffer.from(first.receipt.split('.')[1], 'base64url').toString())
    expect(receipt.event).toMatchObject([{ event_state: 'given' }])
    expect((await ask({ cursor: first.next })).history).toHaveLength(200)
  }, 120_000)

  test('is looked at by their sender where they ask for something', async ({ mailing }) => {
    const { world } = mailing
    await flood(world)
    const data = await openData(mailing, ADA)
    expect((await data.send('/request', { right: 'access', message: 'What else?' })).status).toBe(200)
    const get = (path: string) =>
      world.fetch(path, { headers: { authorization: `Bearer ${world.apiKey}` } }).then(answered)
    const { requests } = await get('/v1/rights-requests?state=open')
    expect(await get(`/v1/rights-requests/${requests[0].id}`)).toMatchObject({ message: 'What else?' })
  }, 120_000)
})
