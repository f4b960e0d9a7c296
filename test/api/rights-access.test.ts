import { describe, expect } from 'vitest'
import { freePorts } from '../../local/port.ts'
import { DEMO_ADDRESS as ADA } from '../../local/seed.ts'
import { happened } from '../support/consent.ts'
import { openMailing, openTestMail } from '../support/mail.ts'
import { accessLink, askFor, exported, form, linkIn, openData, sessionIn, test } from '../support/rights.ts'
import { answered } from '../support/world.ts'

const BOB = 'bob@example.com'
const MINUTE = 60 * 1000

describe('a link that opens a recipient’s data', () => {
  test('comes by mail alone, opens with a press alone, and once', async ({ mailing }) => {
    const { world } = mailing
    const link = await accessLink(mailing, ADA)
    const looked = await world.writesNothing(async () => {
      for (const method of ['HEAD', 'GET', 'GET']) await world.fetch(link, { method })
      return (await world.fetch(link)).text()
    })
    expect(looked).toContain('Open your data?')
    expect(looked).not.toContain('ada@')
    const opened = await world.fetch(link, form({}))
    expect(opened.status).toBe(200)
    expect(await opened.text()).toContain(ADA)
    const again = await world.writesNothing(() => world.fetch(link, form({})))
    expect(again.status).toBe(410)
    expect(await again.text()).toContain('This link has been used')
    const later = await world.fetch(link)
    expect([later.status, (await later.text()).includes('This link has been used')]).toEqual([410, true])
  })

  test('lets one of many in who press at once', async ({ mailing }) => {
    const link = await accessLink(mailing, ADA)
    const answers = await Promise.all(Array.from({ length: 8 }, () => mailing.world.fetch(link, form({}))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(410)])
  })

  test('works for 15 minutes from when it was mailed, and says so when it is late', async ({ mailing }) => {
    const { world } = mailing
    const link = await accessLink(mailing, ADA)
    const [left] = await world.sql('SELECT expires_at - requested_at FROM rights_link')
    expect(Number(left![0])).toBeGreaterThanOrEqual(15 * MINUTE)
    await world.update('rights_link', 'expires_at = expires_at - ?', [16 * MINUTE])
    for (const init of [{}, form({})]) {
      const answer = await world.writesNothing(() => world.fetch(link, init))
      expect([answer.status, (await answer.text()).includes('This link has run out')]).toEqual([410, true])
    }
  })

  test('opens for whoever is known by a hash alone, and keeps no address for that', async ({ mailing }) => {
    const data = await openData(mailing, 'nobody@example.com')
    expect(data.page).toContain('nobody@example.com')
    expect(await exported(data)).toMatchObject({ address: 'nobody@example.com', addressKept: false })
    expect(await mailing.world.sql('SELECT count(*) FROM address')).toEqual([[1]])
  })
})

describe('the page that asks for the address', () => {
  test('answers the same for another address, and then writes and mails nothing', async ({ mailing }) => {
    const { world, mail } = mailing
    const right = await (await askFor(world, ADA)).text()
    await mail.received(1)
    await expect.poll(() => happened(world)).toContain('rights.link_mailed')
    for (const typed of [BOB, 'ADA@example.org', 'ada+x@example.com']) {
      const answer = await world.writesNothing(() => askFor(world, ADA, typed))
      expect(answer.status).toBe(200)
      const { preferencesUrl } = await world.links(ADA)
      const path = new URL(preferencesUrl).pathname
      expect((await answer.text()).replaceAll(path, '')).toBe(right.replaceAll(path, ''))
    }
    expect(await mail.received(1)).toHaveLength(1)
  })

  test('knows the address in whatever spelling', async ({ mailing }) => {
    await askFor(mailing.world, ADA, '  ADA@Example.COM ')
    expect((await mailing.mail.received(1))[0]!.to).toBe(ADA)
  })

  test('mails three times a day at most, and ten times a month by the same link', async ({ mailing }) => {
    const { world } = mailing
    const rows = async () => Number((await world.sql('SELECT count(*) FROM rights_link'))[0]![0])
    const answers = new Set<string>()
    for (let i = 0; i < 4; i++) answers.add(await (await askFor(world, ADA)).text())
    expect([answers.size, await rows()]).toEqual([1, 3])
    for (let day = 1; day < 5; day++) {
      await world.update('rights_link', 'requested_at = requested_at - 86400000')
      for (let i = 0; i < 4; i++) await askFor(world, ADA)
    }
    expect(await rows()).toBe(10)
    const { preferencesUrl } = await world.links(ADA, 'offers')
    await world.fetch(`${preferencesUrl}/access`, form({ address: ADA }))
    expect(await rows()).toBe(11)
  })

  test('says plainly what is no address, and what could never be one', async ({ mailing }) => {
    const { world } = mailing
    const strange = [
      '',
      'ada',
      'ada@',
      'a@b@c.de',
      'ada@example.com\r\nBcc: eve@example.com',
      `${'a'.repeat(300)}@example.com`,
    ]
    for (const typed of strange) {
      const answer = await world.writesNothing(() => askFor(world, ADA, typed))
      expect([answer.status, (await answer.text()).includes('That is no e-mail address')], typed).toEqual([
        400,
        true,
      ])
    }
    const huge = await world.writesNothing(() => askFor(world, ADA, 'a'.repeat(100_000)))
    expect(huge.status).toBe(413)
  })

  test('says so where no mail can be sent, and writes nothing', async ({ sharedWorld: world }) => {
    const { preferencesUrl } = await world.links(ADA)
    for (const init of [{}, form({ address: ADA })]) {
      const answer = await world.writesNothing(() => world.fetch(`${preferencesUrl}/access`, init))
      expect([answer.status, (await answer.text()).includes('No mail can be sent from here')]).toEqual([
        200,
        true,
      ])
    }
  })

  test('is one link away from the preference center', async ({ sharedWorld: world }) => {
    const { preferencesUrl } = await world.links(ADA)
    const { pathname } = new URL(preferencesUrl)
    expect(await (await world.fetch(preferencesUrl)).text()).toContain(`href="${pathname}/access"`)
  })
})

test('a mail server that is down delays the link, whose time begins when it is mailed', async () => {
  const [port] = (await freePorts(1)) as [number]
  const world = await openMailing(port)
  await askFor(world, ADA)
  const due = async () => (await world.sql('SELECT mail_due_at, mail_attempts FROM rights_link'))[0]!
  const makeDue = () => world.update('rights_link', 'mail_due_at = 1, expires_at = 1')
  await expect
    .poll(async () => Number((await world.sql('SELECT mail_due_at - requested_at FROM rights_link'))[0]![0]))
    .toBeLessThan(2 * MINUTE)
  await makeDue()
  await world.runCron()
  expect((await due())[1]).toBe(1)
  const mail = await openTestMail(port)
  await makeDue()
  await Promise.all([world.runCron(), world.runCron()])
  const [received] = await mail.received(1)
  expect((await due())[0]).toBeNull()
  expect((await world.fetch(linkIn(received!), form({}))).status).toBe(200)
  expect(await happened(world)).toEqual(['rights.link_requested', 'rights.link_mailed', 'rights.data_opened'])
  await world.close()
  await mail.close()
})

test('a link is no other link, and no other link is one of these', async ({ mailing }) => {
  const { world } = mailing
  const access = (await accessLink(mailing, ADA)).slice(3)
  const { unsubscribeUrl, preferencesUrl } = await world.links(ADA)
  const others = [
    unsubscribeUrl.slice(-39),
    preferencesUrl.slice(-39),
    'A'.repeat(32),
    `${access.slice(0, -1)}${access.endsWith('A') ? 'B' : 'A'}`,
  ]
  for (const token of others)
    await world.writesNothing(async () => {
      for (const init of [{}, form({})])
        expect((await world.fetch(`/a/${token}`, init)).status, token).toBe(404)
    })
  for (const path of [
    `/r/${access}`,
    `/c/${access}`,
    `/u/${access}`,
    `/p/${access}`,
    `/p/${access}/access`,
  ]) {
    const answer = await world.writesNothing(() => world.fetch(path, form({ address: ADA })))
    expect(answer.status, path).toBe(404)
  }
  expect((await world.fetch(`/a/${access}`, form({}))).status).toBe(200)
})

describe('what the session opens', () => {
  const acts = [
    '',
    '/export',
    '/language',
    '/restrict',
    '/object',
    '/lift',
    '/address',
    '/request',
    '/erase',
    '/erased',
  ]

  test('closes after a quarter of an hour, for every form', async ({ mailing }) => {
    const { world } = mailing
    const data = await openData(mailing, ADA)
    await world.update('rights_link', 'closed_at = closed_at - ?', [15 * MINUTE])
    for (const path of acts) {
      const answer = await world.writesNothing(() =>
        data.send(path, { locale: 'de', limit: 'restricted', address: BOB, right: 'access', message: 'x' }),
      )
      expect([answer.status, (await answer.text()).includes('This page has closed')], path).toEqual([
        403,
        true,
      ])
    }
  })

  test('opens to no session but its own', async ({ mailing }) => {
    const { world } = mailing
    const { session } = await openData(mailing, ADA)
    const [head, body, mac] = session.split('.') as [string, string, string]
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const strange = [
      '',
      'x',
      `${encoded({ alg: 'none', typ: 'access-session+jwt' })}.${body}.`,
      `${head}.${encoded({ ...claims, sub: Buffer.alloc(12).toString('base64url') })}.${mac}`,
      `${head}.${body}.${mac.slice(0, -2)}AA`,
      session.repeat(20),
    ]
    for (const path of acts)
      await world.writesNothing(async () => {
        for (const other of strange) {
          const answer = await world.fetch(`/your-data${path}`, form({ session: other }))
          expect(answer.status, path).toBe(403)
        }
      })
  })

  test('goes nowhere but into hidden fields', async ({ mailing }) => {
    const { world } = mailing
    const answer = await world.fetch(await accessLink(mailing, ADA), form({}))
    const page = await answer.text()
    const session = sessionIn(page)
    answer.headers.forEach(value => {
      expect(value).not.toContain(session)
    })
    expect(answer.headers.has('set-cookie')).toBe(false)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const outside = page.replace(/<input type="hidden" name="session" value="[^"]+">/g, '')
    expect(outside).not.toContain(session)
    const claims = JSON.parse(Buffer.from(session.split('.')[1]!, 'base64url').toString())
    expect(JSON.stringify(claims)).not.toMatch(/\bada\b|@example/)
  })

  test('shows everything that is held, with its evidence, and hands it over', async ({ mailing }) => {
    const { world, mail } = mailing
    await answered(
      await world.call('/v1/consents', {
        entries: [
          {
            address: ADA,
            topic: 'offers',
            basis: 'express',
            at: '2026-01-02T00:00:00Z',
            wording: 'Yes, offers!',
            ip: '203.0.113.5',
          },
        ],
      }),
    )
    const { unsubscribeUrl } = await world.links(ADA)
    await world.fetch(unsubscribeUrl, { method: 'POST' })
    const data = await openData(mailing, ADA)
    for (const said of [ADA, 'Offers', 'North &amp; Co.', 'You unsubscribed', 'Yes, offers!', '203.0.113.5'])
      expect(data.page).toContain(said)
    const taken = await exported(data)
    expect(taken).toMatchObject({
      format: 'floe.your-data.v1',
      sender: 'North & Co.',
      company: 'Penguin Mail Co.',
      address: ADA,
      addressKept: true,
      topics: [{ topic: 'offers', name: 'Offers', state: 'confirmed', basis: 'express' }],
      suppressions: [{ scope: 'topic', about: 'News', reason: 'unsubscribed', source: 'recipient' }],
      requests: [
        { right: 'access', state: 'closed', outcome: 'fulfilled' },
        { right: 'portability', state: 'closed', outcome: 'fulfilled' },
      ],
    })
    expect(taken.history.map(({ type }: { type: string }) => type)).toEqual([
      'consent.granted',
      'suppression.added',
      'rights.link_requested',
      'rights.link_mailed',
      'rights.data_opened',
      'rights.data_exported',
    ])
    expect(taken.history[0].evidence).toEqual({ wording: 'Yes, offers!', ip: '203.0.113.5' })
    const copy = await data.send('/export', { as: 'page' })
    expect(copy.headers.get('content-disposition')).toBe('attachment; filename="your-data.html"')
    const text = await copy.text()
    expect(text).toContain('Yes, offers!')
    expect(text).not.toMatch(/<form|<link|<script|name="session"/)
    await mail.received(1)
  })

  test('keeps the language that is chosen there', async ({ mailing }) => {
    const data = await openData(mailing, ADA)
    const german = await (await data.send('/language', { locale: 'de' })).text()
    expect(german).toContain('lang="de"')
    expect(german).toContain('Von nun an schreiben wir Ihnen in dieser Sprache.')
    await mailing.world.writesNothing(() => data.send('/language', { locale: 'xx' }))
    await mailing.world.writesNothing(() => data.send('/language', { locale: 'de' }))
  })
})
