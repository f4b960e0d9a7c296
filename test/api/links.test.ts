import { describe, expect } from 'vitest'
import { BATCH_MAX } from '../../core/address.ts'
import { linkTextOf } from '../../core/token.ts'
import { answered, test, type World } from '../support/world.ts'

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

describe('the mail addresses of POST /v1/links', () => {
  const CASE_PROOF = '[4-7][0-9a-hjkmnp-tv-z]{46}'
  const AS_IN_LINKS = '[A-Za-z0-9_-]{39}'

  const setMailboxes = (world: World, unsubscribe: string | null, feedback: string | null) =>
    world.update(
      'workspace',
      'unsubscribe_mailbox = ?, feedback_mailbox = ?',
      [unsubscribe, feedback],
      `number = ${world.workspace}`,
    )
  const mint = async (world: World, more: object = {}) => {
    const input = { topic: 'news', recipients: ['ada@example.com', 'bob@example.com'], ...more }
    return answered(await world.call('/v1/links', input))
  }
  const mailtoOf = (link: { headers: Record<string, string> }) =>
    / <mailto:([^>]+)>$/.exec(link.headers['List-Unsubscribe']!)?.[1]
  const codesOf = ({ notes = [] }: { notes?: { code: string; message: string }[] }) =>
    notes.map(({ code, message }) => {
      expect(message).toMatch(/^[A-Z].*\.$/)
      return code
    })

  test('are of one case, name the same recipient as the link, and nothing is said of them', async ({
    world,
  }) => {
    await setMailboxes(world, 'leave@north.example', 'bounces@north.example')
    const answer = await mint(world)
    expect(answer).not.toHaveProperty('notes')
    for (const link of answer.links) {
      const [, mailto] = new RegExp(`^leave\\+(${CASE_PROOF})@north\\.example$`).exec(mailtoOf(link)!)!
      const [, path] = new RegExp(`^bounces\\+(${CASE_PROOF})@north\\.example$`).exec(link.returnPath)!
      expect(linkTextOf(mailto!)).toBe(link.unsubscribeUrl.split('/u/')[1])
      expect(linkTextOf(path!)).toBe(link.headers['CFBL-Feedback-ID'])
    }
  })

  test('have no message reference, which links and feedback ids have', async ({ world }) => {
    await setMailboxes(world, 'u@n.example', 'fb@n.example')
    const [plain, named] = [await mint(world), await mint(world, { messageRef: 'a1' })].map(
      ({ links }) => links[0],
    )
    expect([mailtoOf(named), named.returnPath]).toEqual([mailtoOf(plain), plain.returnPath])
    for (const text of [named.unsubscribeUrl.split('/u/')[1], named.headers['CFBL-Feedback-ID']])
      expect(text).toHaveLength(42)
  })

  test('keep the mailto in its form while the domain has 14 characters with a mailbox of 5; it stands as in links up to 22, and from 23 on it is left out, which notes say', async ({
    world,
  }) => {
    for (let length = 5; length <= 30; length++) {
      const mailbox = `leave@${'d'.repeat(length - 3)}.nl`
      await setMailboxes(world, mailbox, null)
      for (const more of length === 14 || length === 22 ? [{}, { messageRef: 'ab' }] : [{}]) {
        const answer = await mint(world, more)
        const form = length <= 14 ? CASE_PROOF : AS_IN_LINKS
        const expected = length <= 22 ? new RegExp(`^leave\\+${form}@d+\\.nl$`) : /^none$/
        expect(mailtoOf(answer.links[0]) ?? 'none', mailbox).toMatch(expected)
        const code = length <= 14 ? [] : length <= 22 ? ['mailto_case_sensitive'] : ['mailto_left_out']
        expect(codesOf(answer), mailbox).toEqual(code)
      }
    }
  })

  test.for<[mailbox: string, form: string, codes: string[]]>([
    ['b'.repeat(16), CASE_PROOF, []],
    ['b'.repeat(17), AS_IN_LINKS, ['return_path_case_sensitive']],
    ['b'.repeat(24), AS_IN_LINKS, ['return_path_case_sensitive']],
    ['b'.repeat(25), '', ['return_path_left_out']],
  ])(
    'have a return path whose part before the @ is no longer than 64 characters: %s',
    async ([local, form, codes], { world }) => {
      await setMailboxes(world, null, `${local}@mail.north.example`)
      for (const more of [{}, { messageRef: 'spring' }, { topic: 'receipts' }]) {
        const answer = await mint(world, more)
        const [{ returnPath = '@' }] = answer.links
        expect(returnPath.split('@')[0]).toMatch(form ? new RegExp(`^${local}\\+${form}$`) : /^$/)
        expect(returnPath.indexOf('@')).toBeLessThanOrEqual(64)
        expect(codesOf(answer)).toEqual(codes)
      }
    },
  )

  test('are said the same of where a whole message is prepared, and nothing of a mailto for a transactional topic', async ({
    world,
  }) => {
    await setMailboxes(world, 'leave@mail.north.example', `${'b'.repeat(20)}@n.example`)
    const both = ['mailto_case_sensitive', 'return_path_case_sensitive']
    expect(codesOf(await mint(world))).toEqual(both)
    expect(codesOf(await mint(world, { topic: 'receipts' }))).toEqual(both.slice(1))
    const input = { topic: 'news', recipients: [{ address: 'ada@example.com' }], text: 'Hello' }
    expect(codesOf(await answered(await world.call('/v1/messages/prepare', input)))).toEqual(
      expect.arrayContaining(both),
    )
  })
})
