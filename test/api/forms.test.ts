import { describe, expect } from 'vitest'
import { DEMO } from '../../local/seed.ts'
import type { Plan } from '../../ops/plan.ts'
import { provision } from '../../ops/provision.ts'
import { ledger, press } from '../support/consent.ts'
import { askHost } from '../support/host.ts'
import { test as mailTest } from '../support/mail.ts'
import { openSmtp } from '../support/mailer.ts'
import { signUp } from '../support/sign-up.ts'
import { answered, openWorld, test, type World } from '../support/world.ts'

const ADA = 'ada@example.com'
const BOB = 'bob@example.com'
const SHOP = 'https://shop.north.example'
const DAY = 24 * 60 * 60 * 1000

const FORM = {
  name: 'Footer of the shop',
  topics: ['news', 'offers'],
  notice: { name: 'privacy', version: '1' },
  wording: 'Yes, send me <b>news</b> & offers.',
  pageUrl: `${SHOP}/newsletter`,
  locale: 'en',
}

interface Made {
  id: string
  key: string
  url: string
  html: string
}

const make = (world: World, more: object = {}) => world.call('/v1/forms', { ...FORM, ...more })

async function form(world: World, more: object = {}): Promise<Made> {
  const answer = await make(world, more)
  const text = await answer.text()
  expect(answer.status, text).toBe(201)
  return JSON.parse(text) as Made
}

type Fields = [name: string, value: string][]

/** Sends a form as the browser of somebody who filled it in does, from a page of another site. */
const fillIn = (world: World, { url }: Made, fields: Fields, headers: Record<string, string> = {}) =>
  world.fetch(new URL(url).pathname, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: {
      accept: 'text/html',
      'user-agent': 'Browser/1',
      'sec-fetch-site': 'cross-site',
      ...headers,
    },
  })

/** A sign-up is answered before its confirmation is mailed, which is written down. */
const untilMailed = (world: World, count: number) =>
  expect
    .poll(() => world.sql("SELECT count(*) FROM event WHERE type = 'confirmation.mailed'"), {
      timeout: 20_000,
    })
    .toEqual([[count]])

const bob: Fields = [
  ['address', BOB],
  ['topics', 'news'],
  ['website', ''],
]
const get = (world: World, path: string, key?: string) =>
  world.call(path, null, { method: 'GET', body: null, ...(key && { key }) })

describe('a sign-up form', () => {
  mailTest(
    'asks for a confirmation, as its sender would, and its sign-up is evidence of it',
    async ({ mailing: { world, mail } }) => {
      await world.update('topic', "consent = 'opt_in'")
      await world.update('workspace', 'return_origins = ?', [SHOP])
      const made = await form(world, { origins: [SHOP], returnUrl: `${SHOP}/welcome` })
      const headers = {
        referer: `${SHOP}/shoes?size=41`,
        origin: SHOP,
        'cf-connecting-ip': '203.0.113.9',
      }
      const answer = await fillIn(world, made, bob, headers)
      expect(answer.status).toBe(200)
      const html = await answer.text()
      expect(html).toContain('Look into your inbox')
      expect(html).toContain('b•••@e••••••.com')
      expect(html).not.toContain(BOB)
      const [confirmation] = await mail.received(1)
      expect(confirmation!.to).toBe(BOB)
      expect(confirmation!.text.replace(/\u200c/g, '')).toContain('shop.north.example')
      expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'pending_confirmation' })
      const [link] = /https:\/\/\S+\/c\/[\w-]+/.exec(confirmation!.text)!
      expect(await (await press(world, link)).text()).toContain('Back to <bdi>shop.north.example</bdi>')
      expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
      expect(await world.check(BOB, { topic: 'offers' })).toMatchObject({ decision: 'deny' })
      expect((await ledger(world))[0]).toEqual([
        'consent.requested',
        expect.objectContaining({
          topics: 'news',
          via: 'form',
          form: made.id,
          noticeVersion: '1',
          mail: 'due',
        }),
      ])
      const { history } = await answered(await world.call('/v1/consents/prove', { address: BOB }))
      expect(history[0]).toMatchObject({
        actor: 'visitor',
        evidence: {
          source: { url: FORM.pageUrl, form: FORM.name },
          ip: '203.0.113.9',
          userAgent: 'Browser/1',
          wording: FORM.wording,
          referrer: headers.referer,
        },
      })
    },
  )

  mailTest('believes no other site about where it stands', async ({ mailing: { world } }) => {
    const made = await form(world, { origins: [SHOP] })
    await fillIn(world, made, bob, { referer: 'https://evil.example/x', origin: 'https://evil.example' })
    const { history } = await answered(await world.call('/v1/consents/prove', { address: BOB }))
    expect(history[0].evidence).not.toHaveProperty('referrer')
    expect(JSON.stringify(history)).not.toContain('evil')
  })

  mailTest(
    'answers the same for whoever is known, confirmed, blocked, has refused or had enough',
    async ({ mailing: { world } }) => {
      const made = await form(world)
      const seen = async (address: string) => {
        const answer = await fillIn(world, made, [
          ['address', address],
          ['topics', 'news'],
        ])
        const text = (await answer.text()).replace(/<bdi class="address">.*?<\/bdi>/g, '')
        return [answer.status, text]
      }
      const unknown = await seen('nobody@example.com')
      await world.call('/v1/suppressions', {
        entries: [{ address: ADA, scope: 'workspace', reason: 'complained' }],
      })
      await seen('refuser@example.com')
      await world.update('subscription_request', 'state = 3, closed_at = requested_at', [])
      for (const address of [ADA, 'nobody@example.com', 'refuser@example.com', ...Array<string>(5).fill(BOB)])
        expect(await seen(address)).toEqual(unknown)
    },
  )

  mailTest('tells a script of its own sites, and lets no other read it', async ({ mailing: { world } }) => {
    const made = await form(world, { origins: [SHOP] })
    const told = async (fields: Fields, origin: string) => {
      const answer = await fillIn(world, made, fields, { accept: 'application/json', origin })
      const { headers, status } = answer
      return [status, headers.get('access-control-allow-origin'), headers.get('vary'), await answer.json()]
    }
    expect(await told(bob, SHOP)).toEqual([202, SHOP, 'Origin', { status: 'pending' }])
    expect(await told(bob, 'https://evil.example')).toEqual([202, null, 'Origin', { status: 'pending' }])
    expect(await told([['address', 'x']], SHOP)).toMatchObject([
      400,
      SHOP,
      'Origin',
      { code: 'request.invalid', errors: [{ field: 'address' }] },
    ])
  })

  mailTest.for<[what: string, fields: Fields, field: string, said: string]>([
    ['no address', [['topics', 'news']], 'address', 'This is not an email address'],
    [
      'what is no address',
      [
        ['address', 'bob'],
        ['topics', 'news'],
      ],
      'address',
      'This is not an email address',
    ],
    [
      'a header in the address',
      [
        ['address', 'bob@example.com\r\nBcc: eve@example.com'],
        ['topics', 'news'],
      ],
      'address',
      'This is not an email address',
    ],
    ['two addresses', [...bob, ['email', 'eve@example.com']], 'address', 'This is not an email address'],
    ['none of its topics', [['address', BOB]], 'topics', 'Please choose at least one'],
    [
      'a topic of the workspace that it does not offer',
      [
        ['address', BOB],
        ['topics', 'receipts'],
      ],
      'topics',
      'Please choose at least one',
    ],
    [
      'the field that only programs see',
      [...bob.slice(0, 2), ['website', 'https://spam.example']],
      'website',
      'A field that nobody sees was filled in',
    ],
  ])(
    'with %s is shown again, with what was filled in and what is wrong, and nothing is written',
    async ([, fields, field, said], { mailing: { world } }) => {
      const made = await form(world)
      const program = await world.writesNothing(() =>
        fillIn(world, made, fields, { accept: 'application/json' }),
      )
      expect([program.status, await program.json()]).toMatchObject([
        400,
        { code: 'request.invalid', errors: [{ field }] },
      ])
      const answer = await world.writesNothing(() => fillIn(world, made, fields))
      expect(answer.status).toBe(400)
      const html = await answer.text()
      expect(html).toContain(said)
      expect(html).not.toContain('spam.example')
      if (fields[0]![1] === BOB) expect(html).toContain(`value="${BOB}"`)
    },
  )

  mailTest(
    'needs no choice where it offers one topic, and takes an address as `email` too, or twice alike',
    async ({ mailing: { world } }) => {
      const made = await form(world, { topics: ['news'] })
      expect(
        (
          await fillIn(world, made, [
            ['address', ''],
            ['email', BOB],
            ['email', 'Bob@example.com '],
            ['utm_source', 'x'],
          ])
        ).status,
      ).toBe(200)
      expect((await ledger(world))[0]).toMatchObject(['consent.requested', { topics: 'news' }])
    },
  )

  mailTest('takes what a browser sends, and no other body', async ({ mailing: { world } }) => {
    const made = await form(world)
    const send = (body: BodyInit, type?: string) =>
      world.fetch(new URL(made.url).pathname, {
        method: 'POST',
        body,
        headers: { accept: 'application/json', ...(type && { 'content-type': type }) },
      })
    const parts = new FormData()
    for (const [name, value] of bob) parts.append(name, value)
    expect((await send(parts)).status).toBe(202)
    await untilMailed(world, 1)
    const latin1 = 'application/x-www-form-urlencoded'
    expect(
      (await world.writesNothing(() => send('topics=news&address=m%FCller@example.com', latin1))).status,
    ).toBe(400)
    for (const type of ['application/json', 'text/plain'])
      expect((await world.writesNothing(() => send(JSON.stringify({ address: BOB }), type))).status).toBe(415)
  })
})

describe('a form that has had its sign-ups of the day', () => {
  const full = async (world: World, made: Made) => {
    for (const name of ['a', 'b'])
      await fillIn(world, made, [
        ['address', `${name}@example.com`],
        ['topics', 'news'],
      ])
    await untilMailed(world, 2)
    const answer = await world.writesNothing(() => fillIn(world, made, bob))
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.text()).toContain('This form is full for today')
    const program = await world.writesNothing(() => fillIn(world, made, bob, { accept: 'application/json' }))
    expect([program.status, await program.json()]).toMatchObject([429, { code: 'form.full' }])
  }

  mailTest(
    'says so, and takes more a day later; others of the workspace go on',
    async ({ mailing: { world } }) => {
      const made = await form(world, { perDay: 2 })
      await full(world, made)
      expect((await fillIn(world, await form(world), bob)).status).toBe(200)
      await world.update('subscription_request', 'requested_at = requested_at - ?', [DAY])
      expect((await fillIn(world, made, bob)).status).toBe(200)
    },
  )

  mailTest('takes no more of those that come at once', async ({ mailing: { world } }) => {
    const made = await form(world, { perDay: 2 })
    const addresses = Array.from({ length: 8 }, (_, i) => `a${i}@example.com`)
    const statuses = await Promise.all(
      addresses.map(async address => {
        const fields: Fields = [
          ['address', address],
          ['topics', 'news'],
        ]
        return (await fillIn(world, made, fields)).status
      }),
    )
    expect(statuses.sort()).toEqual([200, 200, ...Array<number>(6).fill(429)])
    expect(await world.sql('SELECT count(*) FROM subscription_request')).toEqual([[2]])
  })

  mailTest(
    'says so too where all forms have had half of what their workspace may, and keeps no sign-up of the sender’s own out',
    async ({ mailing: { world } }) => {
      await world.update('workspace', 'confirmations_per_day = 4')
      await full(world, await form(world))
      const other = await form(world)
      expect((await world.writesNothing(() => fillIn(world, other, bob))).status).toBe(429)
      for (const name of ['c', 'd', 'e']) await world.call('/v1/subscriptions', signUp(`${name}@example.com`))
      expect(await world.sql('SELECT count(*) FROM subscription_request')).toEqual([[4]])
    },
  )

  mailTest('says so too where it is its workspace that has', async ({ mailing: { world } }) => {
    await world.update('workspace', 'confirmations_per_day = 4')
    for (const name of ['c', 'd', 'e']) await world.call('/v1/subscriptions', signUp(`${name}@example.com`))
    const made = await form(world)
    expect((await fillIn(world, made, [['email', 'a@example.com'], ...bob.slice(1)])).status).toBe(200)
    expect((await world.writesNothing(() => fillIn(world, made, bob))).status).toBe(429)
  })
})

describe('the page of a form', () => {
  mailTest(
    'shows what is asked in the language of the form, with nothing ticked, and changes nothing',
    async ({ mailing: { world } }) => {
      const made = await form(world, { locale: 'de-AT' })
      const answer = await world.writesNothing(() =>
        world.fetch(new URL(made.url).pathname, { headers: { 'accept-language': 'fr' } }),
      )
      expect(answer.status).toBe(200)
      const html = await answer.text()
      expect(html).toContain('<html lang="de" dir="ltr">')
      expect(html).toContain('Yes, send me &lt;b&gt;news&lt;/b&gt; &amp; offers.')
      expect(html).toContain('value="offers"')
      expect(html).not.toContain('value="receipts"')
      expect(html).not.toMatch(/checked|<script/)
      expect(html).toContain('/de/privacy/1/')
    },
  )

  mailTest('works from a link to which a program added something', async ({ mailing: { world } }) => {
    const { pathname } = new URL((await form(world)).url)
    for (const path of [
      `${pathname}.`,
      `${pathname}%3E`,
      `/${pathname}`,
      `/S${pathname.slice(2)}`,
      `${pathname}/?utm_source=x`,
    ])
      expect((await world.fetch(path)).status, path).toBe(200)
  })

  mailTest(
    'is made and works on the host of its own workspace’s links, and on that of no other',
    async ({ mailing: { world } }) => {
      const [north, south] = [`mail-${world.tenant}.north.example`, `mail-${world.tenant}.south.example`]
      const [ours] = DEMO.tenants as [Plan['tenants'][number]]
      const workspaces = Object.entries({ north, south }).map(([name, linkHost]) => ({
        ...ours.workspaces[0]!,
        name,
        linkHost,
      }))
      const name = world.path.split('/')[0]!
      await provision(world.endpoint, { tenants: [{ ...ours, name, workspaces }] })
      const { url } = await form(world)
      expect(new URL(url).host).toBe(north)
      for (const [host, status] of [
        [north, 200],
        ['floe.example.com', 200],
        [south, 404],
      ] as const)
        expect((await askHost(world.url, host, new URL(url).pathname)).status, host).toBe(status)
    },
  )
})

describe('a form that its sender ended', () => {
  mailTest(
    'takes nothing, wherever it stands, and says so; what it had mailed goes on',
    async ({ mailing: { world, mail } }) => {
      const made = await form(world, { origins: [SHOP] })
      await fillIn(world, made, bob)
      const [confirmation] = await mail.received(1)
      const ended = await world.call(`/v1/forms/${made.id}`, null, { method: 'DELETE', body: null })
      expect(await answered(ended)).toEqual({ id: made.id, outcome: 'ended' })
      for (const answer of [
        await world.writesNothing(() => fillIn(world, made, bob)),
        await world.fetch(new URL(made.url).pathname, { headers: { accept: 'text/html' } }),
      ]) {
        expect(answer.status).toBe(410)
        expect(await answer.text()).toContain('This form is no longer in use')
      }
      const told = await fillIn(world, made, bob, { accept: 'application/json', origin: SHOP })
      expect(told.headers.get('access-control-allow-origin')).toBe(SHOP)
      expect(await told.json()).toMatchObject({ code: 'form.ended' })
      const [link] = /https:\/\/\S+\/c\/[\w-]+/.exec(confirmation!.text)!
      expect(await (await press(world, link)).text()).toContain('You are subscribed')
      for (const method of ['DELETE', 'GET']) {
        const again = await world.writesNothing(() =>
          world.call(`/v1/forms/${made.id}`, null, { method, body: null }),
        )
        expect([again.status, await again.json()]).toMatchObject([404, { code: 'form.not_found' }])
      }
      expect(await answered(await get(world, '/v1/forms'))).toEqual({ forms: [] })
      const events = await world.sql(
        "SELECT type, subject, actor FROM event WHERE type LIKE 'signup_form.%' ORDER BY seq",
      )
      expect(events.map(([type, subject]) => [type, subject])).toEqual([
        ['signup_form.created', made.id],
        ['signup_form.ended', made.id],
      ])
      for (const [, , actor] of events) expect(actor).toMatch(/^key_/)
    },
  )
})

describe('a sender', () => {
  mailTest('is given a form to paste, and finds it again', async ({ mailing: { world } }) => {
    const { html, ...view } = await form(world, { origins: [SHOP], perDay: 50 })
    expect(view).toMatchObject({
      ...FORM,
      origins: [SHOP],
      perDay: 50,
      madeBy: expect.stringMatching(/^key_/),
    })
    expect(view.url).toBe(`https://floe.example.com/s/${view.key}`)
    expect(html).toContain(
      `<form method="post" action="${view.url}" accept-charset="utf-8" lang="en" dir="ltr">`,
    )
    expect(html).toContain('Yes, send me &lt;b&gt;news&lt;/b&gt; &amp; offers.')
    expect(html).toContain('href="https://floe.example.com/privacy/1/"')
    expect(html).not.toMatch(/checked|<script|style=/)
    expect(await answered(await get(world, '/v1/forms'))).toEqual({ forms: [view] })
    expect(await answered(await get(world, `/v1/forms/${view.id}`))).toEqual({ ...view, html })
    const sibling = await get(world, `/v1/forms/${view.id}`, world.siblingApiKey)
    expect(sibling.status).toBe(404)
  })

  mailTest('has at most a hundred in use', async ({ mailing: { world } }) => {
    await form(world)
    for (let i = 0; i < 99; i++) await form(world, { topics: ['news'] })
    const answer = await world.writesNothing(() => make(world))
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'form.limit', limit: 100 }])
  })

  mailTest.for<[what: string, more: object, status: number, told: object]>([
    ['a topic that is nobody’s', { topics: ['none'] }, 404, { code: 'topic.not_found' }],
    [
      'a notice that does not exist',
      { notice: { name: 'terms', version: '1' } },
      404,
      { code: 'notice.not_found' },
    ],
    [
      'a return to another site',
      { returnUrl: 'https://evil.example/' },
      403,
      { code: 'return_url.not_allowed', field: 'returnUrl' },
    ],
    ...(
      [
        ['topics', []],
        ['name', ''],
        ['name', 'a\u0007'],
        ['wording', ''],
        ['pageUrl', 'javascript:alert(1)'],
        ['locale', 'not a language'],
        ['origins', ['http://shop.north.example']],
        ['origins', ['https://shop.north.example/']],
        ['origins', ['*']],
        ['origins', ['https://*.north.example']],
        ['topics', ['news', 'receipts']],
        ['perDay', 0],
        ['perDay', 10_001],
        ['returnUrl', 'http://shop.north.example/'],
        ['basis', 'express'],
      ] as const
    ).map(([field, value]): [string, object, number, object] => [
      `${field} ${JSON.stringify(value)}`,
      { [field]: value },
      400,
      { code: 'request.invalid', errors: [{ field: expect.stringMatching(new RegExp(`^${field}`)) }] },
    ]),
  ])(
    'is refused a form with %s, and nothing is written',
    async ([, more, status, told], { mailing: { world } }) => {
      const answer = await world.writesNothing(() => make(world, more))
      expect([answer.status, await answer.json()]).toMatchObject([status, told])
    },
  )

  test('has none where Floe mails nothing', async ({ world }) => {
    const answer = await world.writesNothing(() => make(world))
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'form.no_mailer' }])
  })
})

describe('a key of a form that does nothing', () => {
  mailTest('is forged, cut, of another purpose or in other letters', async ({ mailing: { world } }) => {
    const { key, id } = await form(world)
    const { unsubscribeUrl } = await world.links(BOB)
    for (const text of [
      `pk_${'A'.repeat(32)}`,
      key.slice(0, -2),
      key.toLowerCase(),
      key.slice(3),
      id,
      unsubscribeUrl.slice(-39),
    ])
      for (const method of ['GET', 'POST']) {
        const answer = await world.writesNothing(() => world.fetch(`/s/${text}`, { method }))
        expect(answer.status, text).toBe(404)
      }
    for (const path of [`/u/${key.slice(3)}`, `/c/${key.slice(3)}`, `/p/${key.slice(3)}`])
      expect((await world.writesNothing(() => world.fetch(path, { method: 'POST' }))).status).toBe(404)
  })
})

test('a network fills in two forms a minute where it may ask for sixty pages', async () => {
  const smtp = await openSmtp({})
  const world = await openWorld({
    bindings: {
      PUBLIC_RATE_UNITS: '60',
      MAIL_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: 'a@north.example',
    },
  })
  try {
    const made = await form(world)
    const minute = () => Math.floor(Date.now() / 60_000)
    for (let done = false; !done; ) {
      const began = minute()
      const statuses: number[] = []
      for (let i = 0; i < 3; i++)
        statuses.push((await fillIn(world, made, bob, { 'cf-connecting-ip': '203.0.113.9' })).status)
      if (minute() !== began) continue
      expect(statuses).toEqual([200, 200, 429])
      const elsewhere = await fillIn(world, made, bob, { 'cf-connecting-ip': '198.51.100.7' })
      expect(elsewhere.status).toBe(200)
      done = true
    }
  } finally {
    await world.close()
    await smtp.close()
  }
})
