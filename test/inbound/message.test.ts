import { describe, expect } from 'vitest'
import { run } from '../../db/engine/hrana.ts'
import { DEMO_ADDRESS } from '../../local/seed.ts'
import { expectRefused, fixture, signedArf, taken, test } from '../support/inbound.ts'
import { sendRaw } from '../support/raw.ts'
import { answered, type World } from '../support/world.ts'

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

/** Gives the workspace a mailbox for reports, and returns what a recipient is minted. */
async function minted(world: World, address = BOB) {
  const mailbox = `fb@t${world.tenant}.north.example`
  await world.update('workspace', 'feedback_mailbox = ?', [mailbox], `number = ${world.workspace}`)
  const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [address] }))
  const { headers, returnPath } = links[0]
  return {
    mailbox,
    returnPath: returnPath as string,
    feedbackId: `CFBL-Feedback-ID: ${headers['CFBL-Feedback-ID']}`,
  }
}

const receipt = { topic: 'receipts', purpose: 'transactional' }

describe('a report that a sender passes on', () => {
  test('counts by the return path it was written to, for marketing, and once', async ({ world }) => {
    const { returnPath } = await minted(world)
    const mail = dsn({ RETURN_PATH: returnPath })
    expect(await answered(await report(world, mail))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject({ reason: 'bounced', scope: 'tenant' })
    expect(await world.check(BOB, receipt)).toMatchObject({ decision: 'allow' })
    expect(await answered(await world.writesNothing(() => report(world, mail)))).toEqual(
      taken({ repeated: 1 }),
    )
    const [[actor]] = (await world.sql("SELECT actor FROM event WHERE type = 'bounce.reported'")) as [
      [string],
    ]
    expect(actor).toMatch(/^key_/)
  })

  test('counts for whom its token names, and for nobody it names besides', async ({ world }) => {
    const { feedbackId } = await minted(world)
    const more = ['carol', 'dave'].map(
      name => `Final-Recipient: rfc822; ${name}@example.com\r\nAction: failed\r\nStatus: 5.2.2\r\n`,
    )
    const mail = dsn({ ORIGINAL_FIELDS: feedbackId }).replace(
      'Final-Recipient',
      `${more.join('\r\n')}\r\nFinal-Recipient`,
    )
    const answer = await answered(await report(world, mail))
    expect(answer).toEqual(taken({ taken: 1, suppressed: 1, unproven: 2 }))
    // What is said of the others is not said of them.
    expect(await world.sql('SELECT kind FROM inbound_report')).toEqual([[2]])
    for (const name of ['carol', 'dave'])
      expect(await world.check(`${name}@example.com`)).toMatchObject({ decision: 'allow' })
  })

  test.for(['delivered', 'relayed', 'expanded', 'delayed'])(
    'counts not for whom its token names, where it says that theirs was %s and another’s failed',
    async (action, { world }) => {
      const { feedbackId, mailbox } = await minted(world)
      const [failed] = /Final-Recipient[\s\S]*?unknown\r\n/i.exec(dsn())!
      const others = failed.replaceAll('bob@', 'carol@')
      const theirs = failed.replace('failed', action).replace('5.1.1', '2.0.0')
      for (const groups of [
        [theirs, others],
        [others, theirs],
      ]) {
        const mail = dsn({ RETURN_PATH: mailbox, ORIGINAL_FIELDS: feedbackId }).replace(
          failed,
          groups.join('\r\n'),
        )
        await world.writesNothing(() => report(world, mail))
        await world.writesNothing(() => world.mail(mailbox, mail))
      }
      for (const address of [BOB, 'carol@example.com'])
        expect(await world.check(address)).toMatchObject({ decision: 'allow' })
    },
  )

  test('that complains counts when its reporter signed it for the mailbox of the workspace', async ({
    world,
  }) => {
    const { mailbox, feedbackId } = await minted(world)
    const mail = await signedArf({ FEEDBACK_ADDRESS: mailbox, ORIGINAL_FIELDS: feedbackId })
    // A mailbox on a disk ends its lines otherwise.
    const kept = mail.replaceAll('\r\n', '\n')
    expect(await answered(await report(world, kept))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB, receipt)).toMatchObject({ reason: 'complained', scope: 'workspace' })
    expect(await answered(await world.writesNothing(() => report(world, mail)))).toEqual(
      taken({ repeated: 1 }),
    )
  })

  test('that complains while nobody says what its reporter’s key is can be sent again', async ({
    sharedWorld: world,
  }) => {
    const { mailbox, feedbackId } = await minted(world)
    const words = { FEEDBACK_ADDRESS: mailbox, ORIGINAL_FIELDS: feedbackId }
    const mail = await signedArf(words, { selector: 'away' })
    const answer = await world.writesNothing(() => report(world, mail))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await answer.json()).toMatchObject({ code: 'inbound.key_unavailable' })
  })

  test('counts by the Message-ID of a mail that Floe itself wrote for that workspace', async ({ world }) => {
    const ref = Buffer.alloc(11, 7)
    const mail = dsn({ '<20261120.1@north.example>': `<${ref.toString('base64url')}.access@north.example>` })
    const link = `INSERT INTO rights_link (ref, kind, tenant, workspace, topic, address_id, locale, state, requested_at)
      VALUES (?, 1, ?, ?, ?, ?, 'en', 1, 1)`
    await run(
      world.endpoint,
      [{ sql: link, args: [ref, world.tenant, world.workspace, world.topics.news, world.addressId] }],
      5000,
    )
    const theirs = await world.writesNothing(() => report(world, mail, world.siblingApiKey))
    expect(await theirs.json()).toMatchObject({ why: 'no_token' })
    expect(await answered(await report(world, mail))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(DEMO_ADDRESS)).toMatchObject({ reason: 'bounced', scope: 'tenant' })
    expect(await world.check(DEMO_ADDRESS, receipt)).toMatchObject({ decision: 'allow' })
  })

  test('about ten megabytes of mail is read from its beginning', async ({ world }) => {
    const { returnPath } = await minted(world)
    const mail = dsn({ RETURN_PATH: returnPath }).replace(
      'What is new.\r\n--dsn',
      `${`${'x'.repeat(998)}\r\n`.repeat(10_000)}--dsn`,
    )
    expect(mail.length).toBeGreaterThan(10_000_000)
    expect(await answered(await report(world, mail))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject({ reason: 'bounced' })
  })
})

describe('a report that proves too little changes nothing beyond what its proof allows, and is counted:', () => {
  test('a bounce that merely names people', async ({ sharedWorld: world }) => {
    await expectRefused(world, 'message', 'no_token', async () => {
      expect(await (await report(world, dsn())).json()).toMatchObject({ why: 'no_token' })
    })
  })

  test('a complaint that merely names somebody, signed though it is', async ({ sharedWorld: world }) => {
    const { mailbox } = await minted(world)
    const mail = await signedArf({ FEEDBACK_ADDRESS: mailbox, ORIGINAL_FIELDS: 'X: y' })
    await expectRefused(world, 'message', 'no_token', () => report(world, mail))
  })

  test('a complaint with a feedback id that nobody signed', async ({ sharedWorld: world }) => {
    const { feedbackId } = await minted(world)
    await expectRefused(world, 'message', 'unknown_reporter', () =>
      report(world, arf({ ORIGINAL_FIELDS: feedbackId })),
    )
  })

  test('a complaint larger than anything that is signed', async ({ sharedWorld: world }) => {
    const { mailbox, feedbackId } = await minted(world)
    const mail = await signedArf({
      FEEDBACK_ADDRESS: mailbox,
      ORIGINAL_FIELDS: feedbackId,
      'What is new.': `${'x'.repeat(900)}\r\n`.repeat(1200),
    })
    await expectRefused(world, 'message', 'too_large', () => report(world, mail))
  })

  test('an unsubscribe link, which unsubscribes from its topic', async ({ world }) => {
    for (const mail of [arf, dsn]) {
      const answer = await report(world, mail({ ORIGINAL_FIELDS: await listUnsubscribe(world, BOB) }))
      expect([answer.status, await answer.json()]).toMatchObject([403, { why: 'no_feedback_token' }])
      expect(await world.check(BOB)).toMatchObject({ reason: 'unsubscribed', scope: 'topic' })
      for (const other of [{ topic: 'offers' }, receipt])
        expect(await world.check(BOB, other)).toMatchObject({ decision: 'allow' })
    }
    const rows = await world.sql("SELECT type, actor, data FROM event WHERE type = 'suppression.added'")
    expect(rows).toHaveLength(1)
    expect(JSON.parse(String(rows[0]![2]))).toMatchObject({ reason: 'unsubscribed', via: 'report' })
  })
})

describe('what is no report does nothing, and is counted:', () => {
  const cases: [string, string, string][] = [
    ['nothing', 'not_a_report', ''],
    ['a newsletter', 'not_a_report', 'From: a@b.example\r\n\r\nHello'],
    ['bytes', 'not_a_report', '\u0000\u0001\u0002\uffff'.repeat(1000)],
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
      expect(await answer.json()).toMatchObject({
        code: 'inbound.unproven',
        why: 'foreign_token',
        verdict: 'complaint',
      })
    }
  })

  test('a mail that says it is larger than any', async ({ sharedWorld: world }) => {
    const head = [
      'POST /v1/inbound/message HTTP/1.1',
      'host: floe',
      'content-type: message/rfc822',
      `authorization: Bearer ${world.apiKey}`,
      `content-length: ${26 * 1024 * 1024}`,
    ]
    const answer = await world.writesNothing(() => sendRaw(world.url, [`${head.join('\r\n')}\r\n\r\nx`]))
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
