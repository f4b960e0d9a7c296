import { describe, expect } from 'vitest'
import { request } from '../support/consent.ts'
import { test } from '../support/mail.ts'
import { answered, type World } from '../support/world.ts'

const ADA = 'ada@example.com'
const pathOf = async (world: World, address = ADA, key = world.apiKey) => {
  const answer = await world.call('/v1/links', { topic: 'news', recipients: [address] }, { key })
  return new URL((await answered(answer)).links[0].preferencesUrl).pathname
}

/** Sends a wish as a program does. */
const send = (world: World, path: string, wish: object, headers: Record<string, string> = {}) =>
  world.fetch(path, {
    method: 'POST',
    body: JSON.stringify(wish),
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
  })
const read = async (world: World, path: string, headers: Record<string, string> = {}) =>
  answered(await world.fetch(path, { headers: { accept: 'application/json', ...headers } }))
const pageOf = async (world: World, path: string, headers: Record<string, string> = {}) =>
  (await world.fetch(path, { headers: { accept: 'text/html', ...headers } })).text()
const decision = async (world: World, topic: string) => (await world.check(ADA, { topic })).decision
const stateOf = (answer: { topics: { name: string; state: string }[] }, name: string) =>
  answer.topics.find(topic => topic.name === name)?.state

describe('what was just done can be undone', () => {
  test.for<[what: string, wish: object]>([
    ['leaving topics', { act: 'save', shown: ['news', 'offers'] }],
    ['a pause', { act: 'pause', days: 60 }],
    ['stopping everything', { act: 'stop' }],
  ])('%s, by the power in its answer, which reaches nothing else', async ([, wish], { world }) => {
    const path = await pathOf(world)
    const { done } = await answered(await send(world, path, wish))
    expect(done.changed).toBe(true)
    expect(await decision(world, 'news')).toBe('deny')
    const undone = await answered(await send(world, path, { act: 'undo', undo: done.undo }))
    expect(undone.done).toMatchObject({ act: 'undo', changed: true })
    expect(await decision(world, 'news')).toBe('allow')
    await world.writesNothing(() => send(world, path, { act: 'undo', undo: done.undo }))
  })

  test('and never what came before or after it', async ({ world }) => {
    const path = await pathOf(world)
    await send(world, path, { act: 'save', shown: ['offers'] })
    const first = await answered(await send(world, path, { act: 'save', shown: ['news'] }))
    await send(world, path, { act: 'undo', undo: first.done.undo })
    expect([await decision(world, 'news'), await decision(world, 'offers')]).toEqual(['allow', 'deny'])
    await send(world, path, { act: 'save', shown: ['news'] })
    await world.writesNothing(() => send(world, path, { act: 'undo', undo: first.done.undo }))
    expect(await decision(world, 'news')).toBe('deny')
  })

  test('not by the mailed link, nor by the answer to another recipient', async ({ world }) => {
    const [path, other] = [await pathOf(world), await pathOf(world, 'bob@example.com')]
    const bob = await answered(await send(world, other, { act: 'stop' }))
    await send(world, path, { act: 'stop' })
    for (const undo of ['', path.slice(3), bob.done.undo, `${bob.done.undo}A`, 'A'.repeat(1500)]) {
      const answer = await world.writesNothing(() => send(world, path, { act: 'undo', undo }))
      expect(answer.status).toBe(410)
      expect(await answer.json()).toMatchObject({ code: 'undo.expired' })
    }
  })

  test('on the page that the act leads to, and on no other', async ({ world }) => {
    const path = await pathOf(world)
    const body = new URLSearchParams({ act: 'stop' })
    const { headers } = await world.fetch(path, { method: 'POST', body, headers: { accept: 'text/html' } })
    expect(await pageOf(world, headers.get('location')!)).toContain('value="undo ')
    expect(await pageOf(world, path)).not.toContain('value="undo ')
    expect(await pageOf(world, `${path}?done=forged`)).not.toContain('value="undo ')
  })
})

describe('what was unticked is off, whatever button was pressed', () => {
  const ticks = { shown: ['news', 'offers'], topic: ['news'] }

  test.for<[what: string, wish: object]>([
    ['a pause', { act: 'pause', days: 30 }],
    ['stopping everything', { act: 'stop' }],
    ['a language', { act: 'language', locale: 'de' }],
    ['opting out of sale', { act: 'opt_out_of_sale' }],
    ['asking for a topic', { act: 'ask', topic: 'offers' }],
  ])('with %s, and one undo takes it back', async ([, wish], { mailing: { world } }) => {
    const path = await pathOf(world)
    const { done } = await answered(await send(world, path, { ...wish, ticks }))
    expect(done).toMatchObject({ changed: true, ended: ['offers'], stale: [] })
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: ADA }))
    expect(suppressions).toContainEqual(expect.objectContaining({ topic: 'offers', reason: 'unsubscribed' }))
    await answered(await send(world, path, { act: 'undo', undo: done.undo }))
    expect([await decision(world, 'news'), await decision(world, 'offers')]).toEqual(['allow', 'allow'])
  })

  test('with a change that is one too many for a day, which is said to be refused', async ({ world }) => {
    const path = await pathOf(world)
    let answer: Response
    let i = 0
    do answer = await send(world, path, { act: 'language', locale: i++ % 2 === 0 ? 'de' : 'fr' })
    while (answer.status === 200)
    expect(await answer.json()).toMatchObject({ code: 'preferences.limited' })
    const { done } = await answered(await send(world, path, { act: 'language', locale: 'it', ticks }))
    expect(done).toMatchObject({ act: 'language', refused: true, ended: ['offers'] })
    expect(await decision(world, 'offers')).toBe('deny')
    const body = new URLSearchParams([
      ['act', 'language it'],
      ['shown', 'news'],
    ])
    const { headers } = await world.fetch(path, { method: 'POST', body, headers: { accept: 'text/html' } })
    const html = await pageOf(world, headers.get('location')!)
    expect(html).not.toContain('<html lang="it"')
    expect(html).toContain('class="notice notice-bad"')
    expect(await decision(world, 'news')).toBe('deny')
  })

  test('with an undo that finds nothing to take back, which is not told as one that did', async ({
    world,
  }) => {
    const path = await pathOf(world)
    const { done } = await answered(await send(world, path, { act: 'pause', days: 30 }))
    await answered(await send(world, path, { act: 'undo', undo: done.undo }))
    const body = new URLSearchParams([
      ['act', `undo ${done.undo}`],
      ['shown', 'news'],
    ])
    const { headers } = await world.fetch(path, { method: 'POST', body, headers: { accept: 'text/html' } })
    const html = await pageOf(world, headers.get('location')!)
    expect(html).toContain('You will no longer get: <bdi>News</bdi>')
    expect(html).not.toContain('Undone')
  })

  test('with an undo that came too late, which is said to be refused', async ({ world }) => {
    const path = await pathOf(world)
    const { done } = await answered(await send(world, path, { act: 'undo', undo: 'late', ticks }))
    expect(done).toMatchObject({ act: 'undo', refused: true, ended: ['offers'] })
    expect(await decision(world, 'offers')).toBe('deny')
  })

  test('by a page that was opened before its buttons named anything', async ({ world }) => {
    const path = await pathOf(world)
    const body = new URLSearchParams({ act: 'pause', days: '60' })
    expect((await world.fetch(path, { method: 'POST', body })).status).toBe(303)
    expect(await world.check(ADA)).toMatchObject({ reason: 'paused' })
    const language = new URLSearchParams({ act: 'language', locale: 'pl' })
    expect((await world.fetch(path, { method: 'POST', body: language })).status).toBe(303)
    expect(await pageOf(world, path)).toContain('<html lang="pl"')
  })
})

describe('what is told of an act is what it did, and not what came along with it', () => {
  const press = async (world: World, fields: [string, string][], headers: Record<string, string> = {}) => {
    const init = { method: 'POST', body: new URLSearchParams(fields), headers }
    const answer = await world.fetch(await pathOf(world), init)
    return pageOf(world, answer.headers.get('location')!)
  }

  test('a language chosen once more is not changed by a topic that was unticked', async ({ world }) => {
    expect(await press(world, [['act', 'language en']])).toContain('The language is changed.')
    const html = await press(world, [
      ['act', 'language en'],
      ['shown', 'offers'],
    ])
    expect(html).toContain('You will no longer get')
    expect(html).not.toContain('The language is changed.')
  })

  test('an undo of what was undone undid nothing, whatever is recorded for Sec-GPC', async ({ world }) => {
    const path = await pathOf(world)
    const { done } = await answered(await send(world, path, { act: 'pause', days: 30 }))
    await answered(await send(world, path, { act: 'undo', undo: done.undo }))
    const html = await press(world, [['act', `undo ${done.undo}`]], { 'sec-gpc': '1' })
    expect(html).toContain('There was nothing to change.')
    expect(html).not.toContain('Undone')
    expect((await read(world, path)).saleOptedOut).toBe(true)
  })

  test('a topic that the sender turned off meanwhile is not said to be the recipient’s doing', async ({
    world,
  }) => {
    const entries = [{ address: ADA, scope: 'topic', topic: 'offers', reason: 'manual' }]
    await answered(await world.call('/v1/suppressions', { entries }))
    const html = await press(world, [
      ['act', 'save'],
      ['shown', 'offers'],
      ['topic', 'offers'],
    ])
    expect(html).toContain('Already off before: ')
  })

  test('the page of an undo that turned a topic off has one title', async ({ world }) => {
    const { done } = await answered(await send(world, await pathOf(world), { act: 'pause', days: 30 }))
    const html = await press(world, [
      ['act', `undo ${done.undo}`],
      ['shown', 'offers'],
    ])
    expect(html).toContain('You will no longer get')
    expect(html.match(/<title>[^<]*/g)).toEqual(['<title>Undone: Email preferences · North &amp; Co.'])
  })
})

describe('of two open pages', () => {
  test('the later one is told what the first turned off, and turns nothing on', async ({ world }) => {
    const path = await pathOf(world)
    await send(world, path, { act: 'save', shown: ['news', 'offers'], topic: ['news'] })
    const later = await world.writesNothing(() =>
      send(world, path, { act: 'save', shown: ['news', 'offers'], topic: ['news', 'offers'] }),
    )
    const { done } = await answered(later)
    expect(done).toMatchObject({ changed: false, ended: [], stale: ['offers'] })
    expect(await decision(world, 'offers')).toBe('deny')
  })

  test('less mail wins: what either page left off is off', async ({ world }) => {
    const path = await pathOf(world)
    await send(world, path, { act: 'save', shown: ['news', 'offers'], topic: ['news'] })
    const later = await send(world, path, { act: 'save', shown: ['news', 'offers'], topic: ['offers'] })
    const { done } = await answered(later)
    expect(done).toMatchObject({ changed: true, ended: ['news'], stale: ['offers'] })
    expect([await decision(world, 'news'), await decision(world, 'offers')]).toEqual(['deny', 'deny'])
  })
})

describe('turning a topic on', () => {
  test('takes a mailed confirmation, and only its button does it', async ({ mailing: { world, mail } }) => {
    const path = await pathOf(world)
    await send(world, path, { act: 'save', shown: ['news'] })
    expect(await pageOf(world, path)).toContain('Nothing is turned on before you confirm.')
    await answered(await send(world, path, { act: 'ask', topic: 'news' }))
    expect(await decision(world, 'news')).toBe('deny')
    expect(stateOf(await read(world, path), 'news')).toBe('pending')
    const [confirmation] = await mail.received(1)
    expect(confirmation!.to).toBe(ADA)
    const link = /\/c\/[\w-]{32}/.exec(confirmation!.text)![0]
    await world.fetch(link, { method: 'POST', headers: { accept: 'text/html' } })
    expect(await decision(world, 'news')).toBe('allow')
  })

  test('is mailed at most three times a day, answered the same each time', async ({
    mailing: { world, mail },
  }) => {
    const path = await pathOf(world)
    await send(world, path, { act: 'save', shown: ['news'] })
    const answers = []
    for (let i = 0; i < 5; i++)
      answers.push((await answered(await send(world, path, { act: 'ask', topic: 'news' }))).done)
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    await mail.received(3)
    expect((await world.sql('SELECT count(*) FROM subscription_request'))[0]).toEqual([3])
  })

  test('is not offered where no address is kept or no mail goes out, and says how to come back', async ({
    world,
  }) => {
    const path = await pathOf(world, 'stranger@example.com')
    await send(world, path, { act: 'save', shown: ['news'] })
    const html = await pageOf(world, path)
    expect(html).not.toContain('value="ask ')
    expect(html).toContain('To subscribe again')
    const asked = await world.writesNothing(() =>
      world.fetch(path, { method: 'POST', body: new URLSearchParams({ act: 'ask', topic: 'news' }) }),
    )
    expect([asked.status, asked.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/p\/[\w-]+\?done=/),
    ])
  })
})

describe('a recipient’s language', () => {
  test('is what they chose, above what their browser asks for', async ({ world }) => {
    const path = await pathOf(world)
    const german = { 'accept-language': 'de' }
    expect(await pageOf(world, path, german)).toContain('<html lang="de"')
    await send(world, path, { act: 'language', locale: 'ja' })
    expect(await pageOf(world, path, german)).toContain('<html lang="ja"')
    const { unsubscribeUrl } = await world.links(ADA)
    expect(await (await world.fetch(unsubscribeUrl, { headers: german })).text()).toContain('<html lang="ja"')
    await world.writesNothing(() => send(world, path, { act: 'language', locale: 'ja' }))
  })

  test('is what their sign-up came with, when they chose none', async ({ world }) => {
    await request(world, ADA, { locale: 'fr-CA' })
    expect(await pageOf(world, await pathOf(world), { 'accept-language': 'de' })).toContain('<html lang="fr"')
  })

  test('is never taken from the browser and kept', async ({ world }) => {
    const path = await pathOf(world)
    await send(world, path, { act: 'pause', days: 30 }, { 'accept-language': 'pl' })
    expect(await world.sql('SELECT * FROM recipient_choice')).toEqual([])
  })
})

describe('a browser that sends Sec-GPC', () => {
  const gpc = { 'sec-gpc': '1' }

  test('is told that it is heeded, and being looked at records nothing', async ({ world }) => {
    const path = await pathOf(world)
    const html = await world.writesNothing(() => pageOf(world, path, gpc))
    expect(html).toContain('Global Privacy Control')
    expect(await pageOf(world, path)).not.toContain('Global Privacy Control')
  })

  test.for<[what: string, wish: object, via: string]>([
    ['whatever its recipient does next', { act: 'pause', days: 30 }, 'sec-gpc'],
    ['a save that changes nothing else', { act: 'save', shown: ['news'], topic: ['news'] }, 'sec-gpc'],
    ['the button that is there for it', { act: 'opt_out_of_sale' }, 'preferences'],
  ])('has opted out of sale and sharing with %s, once', async ([, wish, via], { world }) => {
    const path = await pathOf(world)
    for (let i = 0; i < 2; i++) await answered(await send(world, path, wish, gpc))
    const events = await world.sql("SELECT actor, data FROM event WHERE type = 'recipient.sale_opted_out'")
    expect(events).toEqual([['recipient', JSON.stringify({ via })]])
    expect((await read(world, path)).saleOptedOut).toBe(true)
    expect(await pageOf(world, path)).toContain('your data may not be sold or shared')
  })

  test('finds the support of it declared', async ({ sharedWorld: world }) => {
    const declared = await answered(await world.fetch('/.well-known/gpc.json'))
    expect(declared).toEqual({ gpc: true, lastUpdate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
  })
})

describe('a program that sends', () => {
  test.for<[what: string, wish: object, field: string]>([
    ['no act', {}, 'act'],
    ['an act it does not have', { act: 'resubscribe' }, 'act'],
    ['a topic of somebody else', { act: 'save', shown: ['weekly'] }, 'shown'],
    ['a topic that is owed', { act: 'save', shown: ['receipts'] }, 'shown'],
    ['a kept topic that is none', { act: 'save', shown: ['news'], topic: ['nonsense'] }, 'topic'],
    ['topics that are no list', { act: 'save', shown: 'news' }, 'shown'],
    ['a pause of forever', { act: 'pause', days: 99999 }, 'days'],
    ['a pause of words', { act: 'pause', days: '30' }, 'days'],
    ['no days', { act: 'pause' }, 'days'],
    ['a field it does not know', { act: 'stop', surprise: 1 }, 'surprise'],
    ['ticks that are no boxes', { act: 'stop', ticks: ['news'] }, 'ticks'],
    ['ticks of a topic that is owed', { act: 'stop', ticks: { shown: ['receipts'] } }, 'ticks.shown'],
    [
      'ticks of a topic of nobody',
      { act: 'pause', days: 30, ticks: { shown: ['news'], topic: ['x'] } },
      'ticks.topic',
    ],
    ['a language of nobody', { act: 'language', locale: 'xx' }, 'locale'],
    ['a topic that is owed, asked for', { act: 'ask', topic: 'receipts' }, 'topic'],
    ['a name as long as a book', { act: 'save', shown: ['x'.repeat(50_000)] }, 'shown[0]'],
  ])('%s is told which field, and nothing is written', async ([, wish, field], { sharedWorld: world }) => {
    const path = await pathOf(world)
    const answer = await world.writesNothing(() => send(world, path, wish))
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'request.invalid', errors: [{ field }] })
  })

  test.for<[what: string, body: string, status: number, code: string]>([
    ['what is no JSON', '{', 400, 'request.malformed'],
    ['100 kB of it', JSON.stringify({ act: 'stop', x: 'x'.repeat(100_000) }), 413, 'request.too_large'],
  ])('%s is told so, and nothing is written', async ([, body, status, code], { sharedWorld: world }) => {
    const path = await pathOf(world)
    const headers = { accept: 'application/json', 'content-type': 'application/json' }
    const answer = await world.writesNothing(() => world.fetch(path, { method: 'POST', body, headers }))
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }])
  })
})

test('a form of 100 kB leads to a page that says so, and nothing is written', async ({
  sharedWorld: world,
}) => {
  const path = await pathOf(world)
  const body = new URLSearchParams({ act: 'stop', shown: 'x'.repeat(100_000) })
  const answer = await world.writesNothing(() =>
    world.fetch(path, { method: 'POST', body, headers: { accept: 'text/html' } }),
  )
  expect([answer.status, answer.headers.get('content-type')]).toEqual([413, 'text/html; charset=utf-8'])
  const html = await answer.text()
  for (const text of ['<html lang="en"', 'That was too much to read', 'Nothing was changed.'])
    expect(html).toContain(text)
})
