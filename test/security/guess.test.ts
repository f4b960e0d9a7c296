import { describe, expect } from 'vitest'
import { headersOf } from '../audit/front.ts'
import { press, request } from '../support/consent.ts'
import { form, openData } from '../support/rights.ts'
import { test } from '../support/wire.ts'
import { answered } from '../support/world.ts'

const ADA = 'ada@example.com'

/** What can be seen of an answer from outside, without what differs between any two. */
async function seen(answer: Response, own: string): Promise<unknown> {
  const text = (await answer.text()).replaceAll(own, '…')
  const headers = Object.entries(headersOf(answer)).filter(
    ([name]) => !['x-request-id', 'date', 'server-timing', 'ratelimit'].includes(name),
  )
  return [answer.status, text, headers]
}

const middle = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!

describe('whoever guesses addresses learns nothing', () => {
  test('by the page that mails a link to one’s data: same answer, same questions to the database', async ({
    task,
    watched: { world, sentBy },
  }) => {
    const { preferencesUrl } = await world.links(ADA)
    const guess = async (address: string) => {
      let answer: unknown
      const sent = await sentBy(async () => {
        answer = await seen(await world.fetch(`${preferencesUrl}/access`, form({ address })), address)
      })
      return { answer, sent }
    }
    await guess('warm@example.com')
    const wrong = await guess('eve@example.com')
    const right = await guess(ADA)
    const long = await guess(`${'x'.repeat(60)}@${'y'.repeat(60)}.example`)
    expect(right.answer).toEqual(wrong.answer)
    expect(long.answer).toEqual(wrong.answer)
    expect(long.sent).toEqual(wrong.sent)
    // The one statement that writes is asked either way, and says itself whether there is anything to write. What comes after
    // it for the right one, the mail, is behind the answer.
    expect(wrong.sent.some(sql => /INSERT INTO rights_link/.test(sql))).toBe(true)
    expect(right.sent.slice(0, wrong.sent.length)).toEqual(wrong.sent)

    // For the report alone: what a clock sees depends on the machine.
    const took: Record<string, number[]> = { [ADA]: [], 'eve@example.com': [] }
    for (let i = 0; i < 5; i++)
      for (const [address, times] of Object.entries(took)) {
        await world.remove('rights_link')
        const start = performance.now()
        await (await world.fetch(`${preferencesUrl}/access`, form({ address }))).text()
        times.push(performance.now() - start)
      }
    task.meta.ratio = middle(took[ADA]!) / middle(took['eve@example.com']!)
  })

  test('by the form that corrects an address, whoever is known there: same questions, and the same page, now and later', async ({
    watched: { world, sentBy, mail },
  }) => {
    const data = await openData({ world, mail }, ADA)
    const known = await world.links('known@example.com')
    await world.fetch(known.unsubscribeUrl, { method: 'POST' })
    const entries = [{ address: 'angry@example.com', scope: 'workspace', reason: 'complained' }]
    await answered(await world.call('/v1/suppressions', { entries }))
    const factsOn = (page: string) =>
      [...page.matchAll(/class="fact-head">([^<]*)</g)].map(([, fact]) => fact!).sort()
    let facts = factsOn(await (await data.send('')).text())
    // What is shown after an act leaves the history to a button.
    const timeless = (statements: string[]) => statements.map(sql => sql.replace(/\b\d{13}\b/g, 'now'))
    const pageAlone = timeless(await sentBy(() => data.send(''))).filter(sql => !/^SELECT e\.seq/.test(sql))
    expect(pageAlone.length).toBeGreaterThan(8)
    const sent: string[][] = []
    for (const address of ['nobody@example.com', 'known@example.com', 'angry@example.com']) {
      let page = ''
      sent.push(
        await sentBy(async () => {
          page = await (await data.send('/address', { address })).text()
        }),
      )
      // One thing more has happened, the same whoever was asked, and no more becomes known when the mail is out, or is not.
      facts = [...facts, 'You asked for something about your data'].sort()
      expect(page, address).toContain('a mail is on its way')
      expect(factsOn(page), address).toEqual(['See your data'])
      await world.runCron()
      expect(factsOn(await (await data.send('')).text()), address).toEqual(facts)
      // Each on a day of its own: three a day are enough for anybody.
      await world.update('rights_link', 'requested_at = requested_at - 86400000', [], 'kind = 2')
    }
    // Up to the write all is the same, in the same order. The page's own questions come after it, among those of the mail, which
    // is behind the answer.
    const [first, ...others] = sent.map(each => each.slice(0, each.indexOf('COMMIT') + 1))
    expect(first!.some(sql => /INSERT INTO rights_link/.test(sql))).toBe(true)
    for (const each of others) expect(each).toEqual(first)
    for (const each of sent)
      expect(timeless(each.slice(first!.length))).toEqual(expect.arrayContaining(pageAlone))
  })

  test('by a sender’s form: same answer and same reading for whoever is known, gone, blocked or has had enough', async ({
    watched: { world, sentBy },
  }) => {
    const gone = await world.links('gone@example.com')
    await world.fetch(gone.unsubscribeUrl, { method: 'POST' })
    const entries = [{ address: 'angry@example.com', scope: 'workspace', reason: 'complained' }]
    await answered(await world.call('/v1/suppressions', { entries }))
    for (let i = 0; i < 4; i++) await request(world, 'often@example.com')
    const ask = async (address: string) => {
      let answer: unknown
      const sent = await sentBy(async () => {
        const { id, ...rest } = await request(world, address)
        answer = [id.length, rest]
      })
      return { answer, read: sent.filter(sql => /^select/i.test(sql)).slice(0, 8) }
    }
    const unknown = await ask('nobody@example.com')
    for (const address of ['gone@example.com', 'angry@example.com', 'often@example.com', ADA])
      expect(await ask(address), address).toEqual(unknown)
  })

  test('by links: one that is made up costs no question at all', async ({ watched: { world, sentBy } }) => {
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    const spoilt = (url: string) => `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`
    for (const url of [unsubscribeUrl, preferencesUrl].map(spoilt))
      for (const method of ['GET', 'POST'])
        expect(await sentBy(() => world.fetch(url, { method })), `${method} ${url}`).toEqual([])
    const forged = `floe_${'A'.repeat(71)}`
    expect(
      await sentBy(() => world.call('/v1/check', { topic: 'news', addresses: [ADA] }, { key: forged })),
    ).toEqual([])
  })

  test('by the confirmation’s own page, which says of nobody whether they were known before', async ({
    watched: { world, mail },
  }) => {
    await request(world, 'first@example.com')
    const [one] = await mail.received(1)
    const url = /https:\/\/floe\.example\.com\/c\/[\w-]{32}/.exec(one!.text)![0]
    expect((await press(world, url)).status).toBe(200)
    await request(world, 'first@example.com')
    await request(world, 'second@example.com')
    const mails = await mail.received(3)
    const texts = mails
      .slice(1)
      .map(({ text, to }) => text.replaceAll(/\/[cup]\/[\w-]+/g, '').replaceAll(to, '…'))
    expect(texts[0]).toBe(texts[1])
  })
})
