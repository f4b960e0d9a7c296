import { describe, expect } from 'vitest'
import { CHANGES_A_DAY } from '../../db/preference-allowance.ts'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { happened } from '../support/consent.ts'
import { accessLink, form, openData, test } from '../support/rights.ts'
import { answered, type World } from '../support/world.ts'
import { consent, count, flood } from './flood.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('a proof comes in pages, oldest first, each entry once and how they stand on the first alone', async ({
  world,
}) => {
  await answered(await world.call('/v1/consents', { entries: [consent] }))
  await flood(world, 45)
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await answered(
      await world.call('/v1/consents/prove', { address: ADA, limit: 10, ...(cursor && { cursor }) }),
    )
    expect(['topics', 'receipt'].map(name => name in page)).toEqual(Array(2).fill(cursor === undefined))
    ids.push(...page.history.map(({ id }: { id: string }) => id))
    cursor = page.next
    if (cursor === undefined) break
  }
  expect([ids.length, new Set(ids).size]).toEqual([await count(world), 46])
  for (const more of [{ cursor: 'x' }, { cursor: 7 }, { limit: 0 }, { limit: 201 }, { limit: '10' }]) {
    const answer = await world.writesNothing(() =>
      world.call('/v1/consents/prove', { address: ADA, ...more }),
    )
    const { errors } = (await answer.json()) as { errors: { field: string }[] }
    expect([answer.status, errors[0]!.field]).toEqual([400, Object.keys(more)[0]])
  }
})

describe('a long history is shown in pages', () => {
  test('from the newest on, by forms alone, each entry once', async ({ mailing }) => {
    const { world } = mailing
    await flood(world, 120)
    const data = await openData(mailing, ADA)
    const entries = (page: string) =>
      page.slice(page.indexOf('What happened')).match(/<li class="fact">/g)?.length ?? 0
    const behind = (page: string) => /name="before" value="([^"]+)"/.exec(page)?.[1]
    let [page, seen] = [data.page, entries(data.page) - 1]
    for (let before = behind(page); before !== undefined; before = behind(page)) {
      page = await (await data.send('', { before, history: 'older' })).text()
      expect(page).toContain('Back to the newest')
      seen += entries(page)
    }
    // What was opened is the newest entry of the first page, before its place in the ledger is known.
    expect(seen + 1).toBe(await count(world))
    const newest = await (await data.send('', { history: 'newest' })).text()
    expect([entries(newest), newest.includes('Back to the newest')]).toEqual([50, false])
  })

  test('and is a button away once something was done', async ({ mailing }) => {
    const data = await openData(mailing, ADA)
    const page = await (await data.send('/restrict')).text()
    expect(page).toContain('Show what happened')
    expect(page).not.toContain('Your data was opened')
    expect(await (await data.send('', { history: 'newest' })).text()).toContain('Your data was opened')
  })

  test('a cursor of another tenant or of nobody shows the newest page', async ({ mailing }) => {
    await flood(mailing.world, 60)
    const data = await openData(mailing, ADA)
    for (const before of ['', 'x', 'A'.repeat(60)])
      expect(await (await data.send('', { before, history: 'older' })).text()).toContain(
        'Your data was opened',
      )
  })
})

test('a link that opens data is not used up where the data could not be shown', async ({ mailing }) => {
  const { world } = mailing
  const link = await accessLink(mailing, ADA)
  await answered(await world.call('/v1/consents', { entries: [consent] }))
  await world.update('recipient_key', 'wrapped = ?', [new Uint8Array(60)])
  const failed = await world.writesNothing(() => world.fetch(link, form({})))
  expect(failed.status).toBe(503)
  await world.remove('recipient_key')
  expect((await world.fetch(link, form({}))).status).toBe(200)
})

/** Posts to a preference center as a browser does, and returns what it is answered at once. */
const post = (world: World, url: string, fields: Record<string, string>, headers = {}) =>
  world.fetch(url, {
    method: 'POST',
    headers: { accept: 'text/html', ...headers },
    body: new URLSearchParams(fields),
  })

describe('a loop of posts to one link', () => {
  test('changes the language so often in a day, and is then told when it works again', async ({
    mailing,
  }) => {
    const { world } = mailing
    const { preferencesUrl } = await world.links(ADA)
    for (let i = 0; i < CHANGES_A_DAY; i++)
      expect(
        (await post(world, preferencesUrl, { act: 'language', locale: i % 2 ? 'de' : 'fr' })).status,
      ).toBe(303)
    expect(await count(world)).toBe(CHANGES_A_DAY)
    const refused = await world.writesNothing(() =>
      post(world, preferencesUrl, { act: 'language', locale: 'fr' }),
    )
    expect([refused.status, refused.headers.get('content-language')]).toEqual([429, 'de'])
    expect(await refused.text()).toContain('Abbestellen und Pausieren gehen immer.')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(DAY_MS / 1000 - 600)
    const problem = await world.writesNothing(() =>
      post(world, preferencesUrl, { act: 'language', locale: 'fr' }, { accept: 'application/json' }),
    )
    expect([problem.status, await problem.json()]).toMatchObject([
      429,
      { code: 'preferences.limited', againAt: expect.stringMatching(/Z$/) },
    ])
    await world.update('preference_allowance', 'since = since - ?', [DAY_MS])
    expect((await post(world, preferencesUrl, { act: 'language', locale: 'fr' })).status).toBe(303)
    expect(await count(world)).toBe(CHANGES_A_DAY + 1)
    await world.update('preference_allowance', 'since = since - ?', [DAY_MS])
    await world.runCron()
    expect(await world.sql('SELECT count(*) FROM preference_allowance')).toEqual([[0]])
  })

  test('gets no further by posting all of it at once, nor by the link of another topic', async ({
    mailing: { world },
  }) => {
    const urls = [(await world.links(ADA)).preferencesUrl, (await world.links(ADA, 'offers')).preferencesUrl]
    const locales = ['de', 'fr', 'es', 'it', 'nl']
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        post(world, urls[i % 2]!, { act: 'language', locale: locales[i % locales.length]! }),
      ),
    )
    expect(await count(world)).toBeLessThanOrEqual(CHANGES_A_DAY)
  })

  test('turns mail back on so often in a day, and off as often as it likes', async ({
    mailing: { world },
  }) => {
    const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
    const stop = async () => {
      const page = await (await world.fetch(`${unsubscribeUrl}/page`, form({ scope: 'topic' }))).text()
      return /name="undo" value="([^"]+)"/.exec(page)?.[1]
    }
    let refusals = 0
    for (let i = 0; i < CHANGES_A_DAY + 5; i++) {
      const undo = await stop()
      expect(await world.check(ADA)).toMatchObject({ decision: 'deny' })
      if (undo === undefined) continue
      const { status } = await world.fetch(`${unsubscribeUrl}/undo`, form({ undo }))
      if (status === 429) refusals++
    }
    expect(refusals).toBe(1)
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await count(world, "type = 'suppression.lifted'")).toBe(CHANGES_A_DAY)
    const filled = await count(world)
    for (let i = 0; i < 20; i++) await stop()
    expect(await count(world)).toBe(filled)
    for (const fields of [{ act: 'stop' }, { act: 'pause', days: '30' }, { act: 'save', shown: 'news' }])
      expect((await post(world, preferencesUrl, fields)).status).toBe(303)
  })

  test('writes nothing more for the same pause, the same opt-out, the same language', async ({
    mailing: { world },
  }) => {
    const { preferencesUrl } = await world.links(ADA)
    const acts = [
      { act: 'pause', days: '30' },
      { act: 'opt_out_of_sale' },
      { act: 'language', locale: 'de' },
      { act: 'save', shown: 'news', topic: 'news' },
    ]
    for (const act of [...acts, ...acts]) await post(world, preferencesUrl, act)
    const before = await count(world)
    for (let i = 0; i < 10; i++) for (const act of acts) await post(world, preferencesUrl, act)
    expect(await count(world)).toBe(before)
    expect(await happened(world)).toEqual([
      'suppression.added',
      'recipient.sale_opted_out',
      'recipient.language_chosen',
      'suppression.repeated',
    ])
  })

  test('pushes what the recipient agreed to out of no receipt', async ({ mailing }) => {
    const { world } = mailing
    await answered(await world.call('/v1/consents', { entries: [consent] }))
    const { preferencesUrl } = await world.links(ADA)
    await flood(world, 300)
    for (let i = 0; i < CHANGES_A_DAY; i++) {
      const { done } = await answered(
        await post(world, preferencesUrl, { act: 'stop' }, { accept: 'application/json' }),
      )
      await post(world, preferencesUrl, { act: 'undo', undo: done.undo }, { accept: 'application/json' })
    }
    const { receipt } = await answered(
      await world.call('/v1/consents/prove', { address: ADA, topic: 'news' }),
    )
    const { event } = JSON.parse(Buffer.from(receipt.split('.')[1], 'base64url').toString())
    expect(event.map(({ event_state }: { event_state: string }) => event_state)).toContain('given')
  })
})

test('of several requests to a sender that are sent at once, no more than ten wait', async ({ mailing }) => {
  const data = await openData(mailing, ADA)
  const ask = () => data.send('/request', { right: 'access', message: 'What else?' })
  await Promise.all(Array.from({ length: 25 }, ask))
  let last = await ask()
  for (let i = 0; i < 10 && last.status === 200; i++) last = await ask()
  expect([last.status, (await last.text()).includes('At most 10 requests')]).toEqual([400, true])
  expect(await mailing.world.sql('SELECT count(*) FROM rights_request WHERE state = 1')).toEqual([[10]])
})
