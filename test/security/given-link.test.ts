import { describe, expect } from 'vitest'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { happened, ledger, press, type Requested, request } from '../support/consent.ts'
import { saidOf } from '../support/list.ts'
import { openTestMail } from '../support/mail.ts'
import { signUp } from '../support/sign-up.ts'
import { answered, test, type World } from '../support/world.ts'

const DAY = 24 * 60 * 60 * 1000

/** What a recipient can do by the links of a mail, as their browser does it. */
const leave = async (world: World, form: Record<string, string> = {}) =>
  world.fetch(`${(await world.links(ADA)).unsubscribeUrl}/page`, {
    method: 'POST',
    body: new URLSearchParams({ scope: 'topic', ...form }),
  })
const choose = async (world: World, ...fields: [string, string][]) =>
  world.fetch((await world.links(ADA)).preferencesUrl, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
const receiptOf = async (world: World) => {
  const { receipt } = await answered(await world.call('/v1/consents/prove', { address: ADA }))
  return JSON.parse(Buffer.from(receipt.split('.')[1], 'base64url').toString())
}

describe('where senders mail the links themselves, a sender who presses one', () => {
  test.for<[how: string, choice: (world: World) => Promise<unknown>, reason: string]>([
    [
      'left by one click',
      async world => world.fetch((await world.links(ADA)).unsubscribeUrl, { method: 'POST' }),
      'unsubscribed',
    ],
    ['left on the page', leave, 'unsubscribed'],
    ['left everything', world => leave(world, { scope: 'workspace' }), 'unsubscribed'],
    ['stopped everything in the preference center', world => choose(world, ['act', 'stop']), 'unsubscribed'],
    [
      'turned the topic off there',
      world => choose(world, ['act', 'save'], ['shown', 'news'], ['shown', 'offers'], ['topic', 'offers']),
      'unsubscribed',
    ],
    [
      'told the sender, who wrote it down',
      async world => answered(await world.call('/v1/consents/withdraw', { address: ADA, topics: ['news'] })),
      'unsubscribed',
    ],
    [
      'said that a sign-up was not theirs, long ago',
      async world => {
        await press(world, (await request(world, ADA)).confirmation.cancelUrl)
        await world.update('subscription_request', 'closed_at = closed_at - ?', [31 * DAY])
      },
      'no_consent',
    ],
  ])('brings back nobody who %s', async ([, choice, reason], { world }) => {
    await choice(world)
    const { confirmation } = await request(world, ADA)
    const page = await world.writesNothing(() => press(world, confirmation.confirmUrl))
    const html = await page.text()
    expect(html).toContain('You have unsubscribed')
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason })
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: ADA }))
    for (const { id } of suppressions) {
      const lifting = { method: 'DELETE', body: null } as const
      expect((await world.call(`/v1/suppressions/${id}`, null, lifting)).status).toBe(409)
    }
    expect(await happened(world)).not.toContain('suppression.lifted')
    expect(await happened(world)).not.toContain('consent.confirmed')
  })

  test('of several sign-ups cannot confirm the second after the first was refused', async ({ world }) => {
    const [first, second] = [await request(world, ADA), await request(world, ADA)]
    await press(world, first.confirmation.cancelUrl)
    await world.writesNothing(() => press(world, second.confirmation.confirmUrl))
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny' })
  })

  test('confirms what the recipient never left, and of the rest the page says nothing else', async ({
    world,
  }) => {
    await leave(world)
    const { confirmation } = await request(world, ADA, { topics: ['news', 'offers'] })
    const html = await (await press(world, confirmation.confirmUrl)).text()
    expect(html).toContain('You are subscribed')
    expect(html).toContain('<bdi>Offers</bdi>')
    expect(html).not.toContain('<bdi>News</bdi>')
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    expect(await world.check(ADA, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
    expect((await ledger(world)).at(-1)).toMatchObject(['consent.confirmed', { topics: 'offers' }])
  })

  test.for(['email\n', 'email,unsub_time\n'])(
    'leaves what an import brought of a choice elsewhere, by %j',
    async (header, { world }) => {
      const row = header.includes(',') ? `${ADA},2025-06-01\n` : `${ADA}\n`
      await saidOf(world, 'import', header + row, { query: '?reason=unsubscribed' })
      const { confirmation } = await request(world, ADA)
      const html = await (await press(world, confirmation.confirmUrl)).text()
      expect(html).not.toContain('You are subscribed')
      expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
      expect(await happened(world)).not.toContain('suppression.lifted')
    },
  )

  test('leaves a pause, and the page says that no mail may come', async ({ world }) => {
    await choose(world, ['act', 'pause'], ['days', '30'])
    const { confirmation } = await request(world, ADA)
    for (const look of [press, (_: World, url: string) => world.fetch(url)]) {
      const html = await (await look(world, confirmation.confirmUrl)).text()
      expect(html).toContain('Your answer is recorded')
      expect(html).not.toContain('You are subscribed')
    }
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'paused' })
  })

  test('still lifts what it wrote down itself', async ({ world }) => {
    const entries = [{ address: ADA, scope: 'topic', topic: 'news', reason: 'unsubscribed' }]
    await answered(await world.call('/v1/suppressions', { entries }))
    const [[source]] = (await world.sql('SELECT source FROM suppression')) as [[number]]
    await press(world, (await request(world, ADA)).confirmation.confirmUrl)
    expect([source, (await world.check(ADA)).decision]).toEqual([2, 'allow'])
  })

  test('leaves a ledger and a receipt that say how the confirmation came', async ({ world }) => {
    await press(world, (await request(world, ADA)).confirmation.confirmUrl)
    expect(await ledger(world)).toMatchObject([
      ['consent.requested', { mail: 'sender', via: 'api' }],
      ['consent.confirmed', { via: 'link_given_to_sender' }],
    ])
    expect((await receiptOf(world)).event).toMatchObject([
      { ledger_type: 'consent.requested', ledger_via: 'api' },
      { ledger_type: 'consent.confirmed', ledger_via: 'link_given_to_sender' },
    ])
  })
})

describe('when it is set otherwise who mails the links', () => {
  test('a link that was given to the sender brings nobody back, though Floe mails now', async ({
    ownWorld: world,
  }) => {
    await leave(world)
    const { confirmation } = await request(world, ADA)
    await world.redeploy({ MAIL_URL: 'smtp://127.0.0.1:9' })
    await world.writesNothing(() => press(world, confirmation.confirmUrl))
    expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('a link that Floe mailed is not handed to the sender afterwards, and still brings back whoever has it', async ({
    ownWorld: world,
  }) => {
    const mail = await openTestMail()
    try {
      await leave(world)
      const MAIL_URL = `smtp://127.0.0.1:${mail.smtp.port}`
      await world.redeploy({ MAIL_URL, MAIL_FROM: 'confirm@north.example' })
      const headers = { 'idempotency-key': 'form-7' }
      const asked = await world.call('/v1/subscriptions', signUp(ADA), { headers })
      expect(await asked.json()).toEqual({ id: expect.any(String), status: 'pending' })
      const [mailed] = await mail.received(1)
      await expect.poll(() => happened(world)).toContain('confirmation.mailed')
      const link = /\/c\/[\w-]{32}/.exec(mailed!.text)![0]
      await world.redeploy({})
      const again = await world.call('/v1/subscriptions', signUp(ADA), { headers })
      // Its call is no longer known: it is run anew, and its sign-up has another link.
      const others = [(await again.json()) as Requested, await request(world, ADA), await request(world, ADA)]
      for (const { confirmation } of others) {
        expect(confirmation.confirmUrl).not.toContain(link)
        await world.writesNothing(() => press(world, confirmation.confirmUrl))
      }
      expect(await world.check(ADA)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
      expect(await (await press(world, link)).text()).toContain('You are subscribed')
      expect(await world.check(ADA)).toMatchObject({ decision: 'allow' })
      expect(await ledger(world)).toContainEqual([
        'consent.confirmed',
        expect.objectContaining({ via: 'link' }),
      ])
    } finally {
      await mail.close()
    }
  })

  test('a sign-up from before it was kept whose its link is counts as what is set', async ({ world }) => {
    await leave(world)
    const { confirmation } = await request(world, ADA)
    await world.update('subscription_request', 'given_to_sender = NULL')
    await world.writesNothing(() => press(world, confirmation.confirmUrl))
  })
})

test('a complaint stays whoever mails the link, and the page of the confirmation does not say that mail comes', async ({
  world,
}) => {
  const entries = [{ address: ADA, scope: 'workspace', reason: 'complained' }]
  await answered(await world.call('/v1/suppressions', { entries }))
  const { confirmation } = await request(world, ADA)
  const html = await (await press(world, confirmation.confirmUrl)).text()
  expect(html).toContain('Your answer is recorded')
  expect(html).not.toMatch(/complain|You are subscribed/i)
})
