import { describe, expect } from 'vitest'
import { expectRefused, fixture, taken } from '../support/inbound.ts'
import { answered, test, type World } from '../support/world.ts'

const BOB = 'bob@example.com'

const report = (world: World, body: string, key = world.apiKey) =>
  world.fetch('/v1/inbound/message', {
    method: 'POST',
    body,
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${key}` },
  })
const dsn = (words: Record<string, string> = {}) =>
  fixture('dsn.eml', { RETURN_PATH: 'news@north.example', ORIGINAL_FIELDS: 'X-Mailer: none', ...words })
const arf = (words: Record<string, string> = {}) =>
  fixture('arf.eml', { FEEDBACK_ADDRESS: 'fb@north.example', ORIGINAL_FIELDS: 'X-Mailer: none', ...words })
const listUnsubscribe = async (world: World, address: string) =>
  `List-Unsubscribe: <${(await world.links(address)).unsubscribeUrl}>`

describe('a report that a sender passes on', () => {
  test('counts by the address in it, since the sender vouches for it, and once', async ({ world }) => {
    expect(await answered(await report(world, dsn()))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject({ reason: 'bounced', scope: 'tenant' })
    expect(await answered(await world.writesNothing(() => report(world, dsn())))).toEqual(
      taken({ repeated: 1 }),
    )
    expect(await answered(await report(world, arf()))).toEqual(taken({ taken: 1, suppressed: 1 }))
    const [[actor]] = (await world.sql("SELECT actor FROM event WHERE type = 'complaint.reported'")) as [
      [string],
    ]
    expect(actor).toMatch(/^key_/)
  })

  test('counts for each recipient it names, and for none that was reached', async ({ world }) => {
    const more = ['carol', 'dave'].map(
      (name, i) =>
        `Final-Recipient: rfc822; ${name}@example.com\r\nAction: ${['failed', 'delivered'][i]}\r\nStatus: ${['5.1.1', '2.0.0'][i]}\r\n`,
    )
    const mail = dsn().replace('Final-Recipient', `${more.join('\r\n')}\r\nFinal-Recipient`)
    expect(await answered(await report(world, mail))).toEqual(taken({ taken: 2, suppressed: 2 }))
    expect(await world.check('carol@example.com')).toMatchObject({ reason: 'bounced' })
    expect(await world.check('dave@example.com')).toMatchObject({ decision: 'allow' })
  })

  test('counts by the token of the mail it is about where the address was left out', async ({ world }) => {
    const mail = arf({
      'Original-Rcpt-To: <bob@example.com>\r\n': '',
      ORIGINAL_FIELDS: await listUnsubscribe(world, BOB),
    })
    expect(await answered(await report(world, mail))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject({ reason: 'complained', scope: 'workspace' })
  })

  test('about ten megabytes of mail is read from its beginning', async ({ world }) => {
    const mail = dsn().replace('What is new.\r\n--dsn', `${`${'x'.repeat(998)}\r\n`.repeat(10_000)}--dsn`)
    expect(mail.length).toBeGreaterThan(10_000_000)
    expect(await answered(await report(world, mail))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject({ reason: 'bounced' })
  })

  test('with a name of no address is told to be unusable', async ({ sharedWorld: world }) => {
    const answer = await world.writesNothing(() => report(world, dsn({ 'bob@example.com': 'bob' })))
    expect(await answered(answer)).toEqual(taken({ unusable: 1 }))
  })
})

describe('what is no report does nothing, and is counted:', () => {
  const cases: [string, string, string][] = [
    ['nothing', 'not_a_report', ''],
    ['a newsletter', 'not_a_report', 'From: a@b.example\r\n\r\nHello'],
    ['octets', 'not_a_report', '\u0000\u0001\u0002\uffff'.repeat(1000)],
    ['a bounce about nobody', 'no_recipient', dsn({ 'Final-Recipient': 'X-A', 'Original-Recipient': 'X-B' })],
    ['feedback without a type', 'no_recipient', arf({ 'Feedback-Type': 'X-Type' })],
    [
      'a line without end',
      'malformed',
      `Content-Type: multipart/report; boundary=b\r\nX: ${'x'.repeat(100_000)}`,
    ],
    [
      'a read receipt',
      'not_a_report',
      dsn({ 'message/delivery-status': 'message/disposition-notification' }),
    ],
  ]
  for (const [what, why, mail] of cases) {
    test(what, async ({ sharedWorld: world }) => {
      await expectRefused(world, 'message', why, async () => {
        const answer = await report(world, mail)
        expect(await answer.json()).toMatchObject({ status: 403, code: 'inbound.unproven', why })
      })
    })
  }

  test("a report about another workspace's mail", async ({ sharedWorld: world }) => {
    const mail = arf({ ORIGINAL_FIELDS: await listUnsubscribe(world, BOB) })
    for (const key of [world.siblingApiKey, world.otherApiKey]) {
      const answer = await world.writesNothing(() => report(world, mail, key))
      expect(await answer.json()).toMatchObject({ code: 'inbound.unproven', why: 'foreign_token' })
    }
  })

  test('a mail that says it is larger than any', async ({ sharedWorld: world }) => {
    const answer = await world.writesNothing(() => report(world, 'x'.repeat(26 * 1024 * 1024)))
    expect(answer.status).toBe(413)
  })
})

test('what was refused is seen by its own workspace alone', async ({ world }) => {
  await report(world, 'nothing')
  const seen = async (key: string) =>
    (await answered(await world.call('/v1/inbound/refused', undefined, { method: 'GET', key }))).refused
  expect(await seen(world.apiKey)).toEqual([
    {
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      door: 'message',
      why: 'not_a_report',
      count: 1,
      lastAt: expect.any(String),
      lastOctets: 7,
    },
  ])
  for (const key of [world.siblingApiKey, world.otherApiKey]) expect(await seen(key)).toEqual([])
})
