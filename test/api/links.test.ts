import { describe, expect } from 'vitest'
import { BATCH_MAX } from '../../core/address.ts'
import { answered, test } from '../support/world.ts'

describe('POST /v1/links', () => {
  test('gives each recipient, in order, two addresses and header fields ready to paste', async ({
    sharedWorld: world,
  }) => {
    const recipients = ['ada@example.com', 'not an address', 'Ada@EXAMPLE.com', 'bob@example.com']
    const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients }))
    const [ada, nobody, shouting, bob] = links
    expect(ada).toEqual({
      address: 'ada@example.com',
      unsubscribeUrl: expect.stringMatching(/^https:\/\/floe\.example\.com\/u\/[A-Za-z0-9_-]{39}$/),
      preferencesUrl: expect.stringMatching(/^https:\/\/floe\.example\.com\/p\/[A-Za-z0-9_-]{39}$/),
      headers: {
        'List-Unsubscribe': `<${ada.unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    })
    expect(nobody).toEqual({ address: 'not an address', error: 'invalid_address' })
    expect(shouting.unsubscribeUrl).toBe(ada.unsubscribeUrl)
    expect(bob.unsubscribeUrl).not.toBe(ada.unsubscribeUrl)
  })

  test('the same recipient has another link for each topic', async ({ sharedWorld: world }) => {
    const news = await world.links('ada@example.com', 'news')
    const offers = await world.links('ada@example.com', 'offers')
    expect(news.unsubscribeUrl).not.toBe(offers.unsubscribeUrl)
  })

  test('a message reference travels in the link to the ledger', async ({ world }) => {
    const { links } = await answered(
      await world.call('/v1/links', { topic: 'news', recipients: ['ada@example.com'], messageRef: 'spring' }),
    )
    expect(links[0].unsubscribeUrl.length).toBeLessThanOrEqual('https://floe.example.com/u/'.length + 50)
    await world.fetch(links[0].unsubscribeUrl, { method: 'POST' })
    const [[data]] = (await world.sql("SELECT data FROM event WHERE type = 'suppression.added'")) as [
      [string],
    ]
    expect(JSON.parse(data)).toMatchObject({ messageRef: 'spring', via: 'one-click' })
  })

  test('ten thousand links are ten thousand different ones', async ({ sharedWorld: world }) => {
    const recipients = Array.from({ length: BATCH_MAX }, (_, i) => `r${i}@example.com`)
    const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients }))
    expect(links.map((link: { address: string }) => link.address)).toEqual(recipients)
    expect(new Set(links.map((link: { unsubscribeUrl: string }) => link.unsubscribeUrl)).size).toBe(BATCH_MAX)
  })

  test('minting writes nothing: a link needs no row to work', async ({ sharedWorld: world }) => {
    await world.writesNothing(() => world.links('new@example.com'))
  })

  test('a link works for somebody who was never heard of before', async ({ world }) => {
    const { unsubscribeUrl } = await world.links('stranger@example.com')
    expect((await world.fetch(unsubscribeUrl, { method: 'POST' })).status).toBe(200)
    expect(await world.check('stranger@example.com')).toMatchObject({ decision: 'deny' })
  })
})
