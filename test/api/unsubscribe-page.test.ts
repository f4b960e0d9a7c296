import { describe, expect } from 'vitest'
import { addressHash, canonicalAddress } from '../../core/address.ts'
import { AddressIndexes, parseKey } from '../../core/keys.ts'
import { LOCALES } from '../../core/locale.ts'
import { mintToken } from '../../core/token.ts'
import { wordsOf } from '../../site/locales/dictionary.ts'
import { answered, test, type World } from '../support/world.ts'

const press = (world: World, path: string, fields: Record<string, string>) =>
  world.fetch(path, { method: 'POST', body: new URLSearchParams(fields) })

/** Returns what a page says, without its markup. */
const textOfPage = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')

/** Returns a sentence of the dictionary as it is said to Ada of her receipts. */
const filled = (sentence: string) =>
  sentence
    .replaceAll('{sender}', 'North & Co.')
    .replaceAll('{topic}', 'Orders and receipts')
    .replaceAll(/\{address\|[^}]+\}/g, 'a•••@e••••••.com')
    .replaceAll(/\s+/g, ' ')

/** Returns the undo text that stands in a page, if one does. */
const undoIn = (html: string) => /name="undo" value="([\w-]+)"/.exec(html)?.[1]

async function leave(world: World, address: string, scope: 'topic' | 'workspace') {
  const link = new URL((await world.links(address)).unsubscribeUrl).pathname
  const answer = await press(world, `${link}/page`, { scope })
  const html = await answer.text()
  return { link, answer, html, undo: undoIn(html) }
}

describe('the page behind an unsubscribe link', () => {
  test('names the sender, the topic and the masked address, and nothing else of the recipient', async ({
    sharedWorld: world,
  }) => {
    const { unsubscribeUrl } = await world.links('ada@example.com')
    const answer = await world.writesNothing(() => world.fetch(unsubscribeUrl))
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html).toContain('North &amp; Co.')
    expect(html).toContain('News')
    expect(html).toContain('a•••@e••••••.com')
    expect(html).not.toContain('ada@')
    expect(html).not.toMatch(/data-(?:text|if|href|action|value|html)/)
  })

  test('shows no address where none is kept', async ({ sharedWorld: world }) => {
    const { unsubscribeUrl } = await world.links('stranger@example.com')
    expect(await (await world.fetch(unsubscribeUrl)).text()).not.toContain('•••')
  })

  test('unsubscribes from the topic, and everything else still comes', async ({ world }) => {
    const { answer, html } = await leave(world, 'ada@example.com', 'topic')
    expect(answer.status).toBe(200)
    expect(html).toContain('News')
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny', scope: 'topic' })
    expect(await world.check('ada@example.com', { topic: 'offers' })).toMatchObject({ decision: 'allow' })
  })

  test('unsubscribes from everything the sender mails, receipts excepted', async ({ world }) => {
    await leave(world, 'ada@example.com', 'workspace')
    expect(await world.check('ada@example.com', { topic: 'offers' })).toMatchObject({ scope: 'workspace' })
    expect(
      await world.check('ada@example.com', { topic: 'receipts', purpose: 'transactional' }),
    ).toMatchObject({ decision: 'allow' })
  })

  describe('of mail that is owed', () => {
    const owedLink = (world: World) =>
      `/u/${mintToken(world.keyring, 'unsubscribe', { topic: world.topics.receipts, addressId: world.addressId, ref: new Uint8Array() })}`
    const receipt = { topic: 'receipts', purpose: 'transactional' }

    test('says that it goes on and whom to ask, in every language, and offers to stop everything else', async ({
      sharedWorld: world,
    }) => {
      for (const locale of LOCALES) {
        const words = wordsOf('unsubscribe', locale)
        const answer = await world.writesNothing(() =>
          world.fetch(owedLink(world), { headers: { 'accept-language': locale } }),
        )
        const html = textOfPage(await answer.text())
        expect(answer.status).toBe(200)
        for (const said of [words.owed, words.owedMeans, words.owedAsk, words.stopAll])
          expect(html, `${locale}: ${said}`).toContain(filled(said))
        for (const untrue of [words.heading, words.already])
          expect(html, locale).not.toContain(`${filled(untrue)} `)
      }
      expect(await world.check('ada@example.com', receipt)).toMatchObject({ decision: 'allow' })
    })

    test('keeps a choice that a page of an older version sends, does not call it done, and takes it back', async ({
      world,
    }) => {
      const link = owedLink(world)
      const answer = await press(world, `${link}/page`, { scope: 'topic' })
      const html = await answer.text()
      expect(textOfPage(html)).toContain('cannot be turned off here')
      expect(html).toContain('Your choice is recorded.')
      expect(html).not.toMatch(/You are unsubscribed|will not send|Unsubscribed/)
      expect(await world.check('ada@example.com', receipt)).toMatchObject({ decision: 'allow' })
      expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[1]])
      await press(world, `${link}/undo`, { undo: undoIn(html)! })
      expect(await world.sql('SELECT count(*) FROM suppression')).toEqual([[0]])
    })

    test('stops everything else from there', async ({ world }) => {
      const html = await (await press(world, `${owedLink(world)}/page`, { scope: 'workspace' })).text()
      expect(html).toContain('You are unsubscribed from everything')
      expect(html).toContain('does not stop emails about your orders')
      expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny', scope: 'workspace' })
      expect(await world.check('ada@example.com', receipt)).toMatchObject({ decision: 'allow' })
      expect(textOfPage(await (await world.fetch(owedLink(world))).text())).toContain(
        'cannot be turned off here',
      )
    })

    test('says that it has ended where a check says so', async ({ world }) => {
      const entries = [{ address: 'ada@example.com', scope: 'workspace', reason: 'complained' }]
      await answered(await world.call('/v1/suppressions', { entries }))
      expect(await world.check('ada@example.com', receipt)).toMatchObject({ decision: 'deny' })
      const html = textOfPage(await (await world.fetch(owedLink(world))).text())
      expect(html).not.toContain('cannot be turned off here')
      expect(html).toContain('No news or offers from North & Co. go to')
    })
  })

  test('undo takes back exactly what was just done, with its ledger event', async ({ world }) => {
    const { link, undo } = await leave(world, 'ada@example.com', 'topic')
    const answer = await press(world, `${link}/undo`, { undo: undo! })
    expect(answer.status).toBe(200)
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'allow' })
    const types = await world.sql(
      "SELECT type, actor FROM event WHERE type LIKE 'suppression.%' ORDER BY seq",
    )
    expect(types).toEqual([
      ['suppression.added', 'recipient'],
      ['suppression.lifted', 'recipient'],
    ])
  })

  test('undo a second time writes nothing, and never reaches a later unsubscribe', async ({ world }) => {
    const first = await leave(world, 'ada@example.com', 'topic')
    await press(world, `${first.link}/undo`, { undo: first.undo! })
    await leave(world, 'ada@example.com', 'topic')
    await world.writesNothing(() => press(world, `${first.link}/undo`, { undo: first.undo! }))
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny' })
  })

  test('who had left before is told so and is offered no undo', async ({ world }) => {
    await leave(world, 'ada@example.com', 'topic')
    const { undo } = await leave(world, 'ada@example.com', 'topic')
    expect(undo).toBeUndefined()
  })

  test('a page pressed without its fields does nothing and leads back', async ({ sharedWorld: world }) => {
    const { unsubscribeUrl } = await world.links('ada@example.com')
    const { pathname } = new URL(unsubscribeUrl)
    const refused: Record<string, string>[] = [{}, { scope: '' }, { scope: 'platform' }, { scope: 'tenant' }]
    for (const fields of refused) {
      const answer = await world.writesNothing(() => press(world, `${pathname}/page`, fields))
      expect([answer.status, answer.headers.get('location')]).toEqual([303, pathname])
    }
  })
})

describe('undo is refused, and nothing is written', () => {
  const claimOf = (world: World, address: string) => {
    const index = new AddressIndexes(parseKey(world.indexKey)!).tenant(world.tenant)
    return { topic: world.topics.news, addressId: index.id(addressHash(canonicalAddress(address)!)) }
  }
  const refOf = (at: number) => {
    const ref = new Uint8Array(7)
    new DataView(ref.buffer).setUint16(0, Math.floor(at / 2 ** 32))
    new DataView(ref.buffer).setUint32(2, at >>> 0)
    return ref
  }

  test('with the mailed link alone', async ({ world }) => {
    const { link } = await leave(world, 'ada@example.com', 'topic')
    for (const undo of ['', link.slice(3), 'A'.repeat(48)]) {
      const answer = await world.writesNothing(() => press(world, `${link}/undo`, { undo }))
      expect(answer.status).toBe(404)
    }
  })

  test("with somebody else's undo", async ({ world }) => {
    const ada = await leave(world, 'ada@example.com', 'topic')
    const bob = await leave(world, 'bob@example.com', 'topic')
    const answer = await world.writesNothing(() => press(world, `${ada.link}/undo`, { undo: bob.undo! }))
    expect(answer.status).toBe(404)
  })

  test('after half an hour', async ({ world }) => {
    const { link } = await leave(world, 'ada@example.com', 'topic')
    const ref = refOf(Date.now() - 31 * 60_000)
    const undo = mintToken(world.keyring, 'undo', { ...claimOf(world, 'ada@example.com'), ref })
    const answer = await world.writesNothing(() => press(world, `${link}/undo`, { undo }))
    expect(answer.status).toBe(410)
    expect(await answer.text()).toContain('Too late')
  })

  test("never lifts what was not the recipient's own unsubscribe", async ({ world }) => {
    const entry = { address: 'ada@example.com', scope: 'topic', topic: 'news', reason: 'complained' }
    await world.call('/v1/suppressions', { entries: [entry] })
    const { link, undo } = await leave(world, 'ada@example.com', 'topic')
    const answer = await press(world, `${link}/undo`, { undo: undo! })
    expect(await answer.text()).toContain('stay off')
    expect(await world.check('ada@example.com')).toMatchObject({ decision: 'deny', reason: 'complained' })
  })
})
