import { describe, expect } from 'vitest'
import { expectRefused, fixture, REPORTER, signedArf, taken, test } from '../support/inbound.ts'
import { answered, type World } from '../support/world.ts'

const BOB = 'bob@example.com'
const SERVER = 'MAILER-DAEMON@mx.example.com'
const receipt = { topic: 'receipts', purpose: 'transactional' }
const bounced = { decision: 'deny', reason: 'bounced', scope: 'tenant' }

/** Gives the workspace a mailbox for reports, and returns it with what a recipient is minted. */
async function minted(world: World, address = BOB) {
  const mailbox = `fb@t${world.tenant}.north.example`
  await world.update('workspace', 'feedback_mailbox = ?', [mailbox], `number = ${world.workspace}`)
  const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [address] }))
  const { headers, returnPath, unsubscribeUrl } = links[0]
  return {
    mailbox,
    returnPath: returnPath as string,
    feedbackId: `CFBL-Feedback-ID: ${headers['CFBL-Feedback-ID']}`,
    unsubscribeUrl: unsubscribeUrl as string,
  }
}

const report = (world: World, body: string) =>
  world.fetch('/v1/inbound/message', {
    method: 'POST',
    body,
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${world.apiKey}` },
  })

/** A bounce as OpenSMTPD writes it, or a gateway that puts a mail into another. */
const mixed = (to: string, words: Record<string, string> = {}) =>
  fixture('dsn.eml', {
    RETURN_PATH: to,
    ORIGINAL_FIELDS: 'X-Mailer: none',
    'multipart/report; report-type=delivery-status': 'multipart/mixed',
    ...words,
  })

const text = (to: string, { from = SERVER, copy = '' } = {}) =>
  [
    `From: <${from}>`,
    `To: ${to}`,
    'Message-ID: <q@mx.example.com>',
    'Subject: failure notice',
    '',
    'Hi. This is the qmail-send program at mx.example.com.',
    "I'm afraid I wasn't able to deliver your message to the following addresses.",
    "This is a permanent error; I've given up. Sorry it didn't work out.",
    '',
    '<bob@example.com>:',
    'Sorry, no mailbox here by that name. (#5.1.1)',
    '',
    '--- Below this line is a copy of the message.',
    '',
    copy,
    '',
  ].join('\r\n')

/** A complaint of Microsoft's, in the words of the one that is signed in tests. */
const microsoft = (words: Record<string, string>) => ({
  'multipart/report; report-type=feedback-report;': 'multipart/mixed;',
  'message/feedback-report': 'text/x-nothing',
  'To: bob@example.com': 'X-HmXmrOriginalRecipient: bob@example.com',
  ...words,
})

describe('a bounce that is no multipart/report', () => {
  test('counts when a mail server sends it to the return path', async ({ world }) => {
    const { returnPath } = await minted(world)
    expect(await world.mail(returnPath, mixed(returnPath), '<>')).toBeUndefined()
    expect(await world.check(BOB)).toMatchObject(bounced)
    expect(await world.check(BOB, receipt)).toMatchObject({ decision: 'allow' })
    const rows = await world.sql("SELECT actor, data FROM event WHERE type = 'bounce.reported'")
    expect(rows).toEqual([
      ['mail_server', '{"kind":"permanent","proof":"token","status":"5.1.1","via":"mail"}'],
    ])
  })

  test('counts when a sender passes it on', async ({ world }) => {
    const { mailbox, feedbackId } = await minted(world)
    const mail = mixed(mailbox, { 'X-Mailer: none': feedbackId })
    expect(await answered(await report(world, mail))).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject(bounced)
  })

  test('does nothing when somebody forwards it, and is counted', async ({ sharedWorld: world }) => {
    const { returnPath, feedbackId } = await minted(world, 'frank@example.com')
    const mail = mixed(returnPath, { 'X-Mailer: none': feedbackId })
    await expectRefused(world, 'mail', 'forwarded', async () => {
      expect(await world.mail(returnPath, mail, 'carol@example.com')).toBeUndefined()
    })
    expect(await world.check('frank@example.com')).toMatchObject({ decision: 'allow' })
  })

  test('does nothing at the mailbox, and a person who sent it learns so', async ({ sharedWorld: world }) => {
    const { mailbox, feedbackId } = await minted(world, 'frank@example.com')
    const mail = mixed(mailbox, { 'X-Mailer: none': feedbackId }).replace(
      /^(?:Return-Path|Auto-Submitted):.*\r\n/gm,
      '',
    )
    for (const [from, answer] of [
      ['carol@example.com', 'There is no such address here.'],
      [SERVER, undefined],
    ] as const)
      await expectRefused(world, 'mail', 'forwarded', async () => {
        const told = await world.mail(mailbox, mail, from)
        if (answer) expect(told).toContain(answer)
        else expect(told).toBeUndefined()
      })
    expect(await world.check('frank@example.com')).toMatchObject({ decision: 'allow' })
  })
})

describe('a bounce that is written for people', () => {
  test('counts when a mail server sends it to the return path, once', async ({ world }) => {
    const { returnPath } = await minted(world)
    expect(await world.mail(returnPath, text(returnPath), SERVER)).toBeUndefined()
    expect(await world.check(BOB)).toMatchObject(bounced)
    await world.writesNothing(() => world.mail(returnPath, text(returnPath), SERVER))
    // What the server said quotes addresses.
    const events = JSON.stringify(await world.sql("SELECT data FROM event WHERE type = 'bounce.reported'"))
    expect(events).not.toMatch(/mailbox here|example\.com/)
  })

  test('counts by the mail it has a copy of when a sender passes it on', async ({ world }) => {
    const { mailbox, feedbackId } = await minted(world)
    const answer = await answered(await report(world, text(mailbox, { copy: feedbackId })))
    expect(answer).toEqual(taken({ taken: 1, suppressed: 1 }))
    expect(await world.check(BOB)).toMatchObject(bounced)
  })

  test('does nothing when it names somebody and has no token', async ({ sharedWorld: world }) => {
    const { mailbox } = await minted(world, 'frank@example.com')
    await expectRefused(world, 'message', 'no_token', () => report(world, text(mailbox)))
  })

  test('does nothing when a person wrote it', async ({ sharedWorld: world }) => {
    const { returnPath } = await minted(world, 'frank@example.com')
    await expectRefused(world, 'message', 'not_a_report', () =>
      report(world, text(returnPath, { from: 'carol@example.com' })),
    )
    await expectRefused(world, 'mail', 'not_a_report', () =>
      world.mail(returnPath, text(returnPath), 'carol@example.com'),
    )
    expect(await world.check('frank@example.com')).toMatchObject({ decision: 'allow' })
  })
})

describe('a complaint of Microsoft’s', () => {
  test('counts when a known reporter signed it', async ({ world }) => {
    const { mailbox, feedbackId } = await minted(world)
    const mail = await signedArf(microsoft({ FEEDBACK_ADDRESS: mailbox, ORIGINAL_FIELDS: feedbackId }))
    expect(await world.mail(mailbox, mail, REPORTER.address)).toBeUndefined()
    expect(await world.check(BOB, receipt)).toMatchObject({ reason: 'complained', scope: 'workspace' })
  })

  test('does nothing when nobody signed it', async ({ sharedWorld: world }) => {
    const { mailbox, feedbackId } = await minted(world, 'frank@example.com')
    const mail = fixture('arf.eml', microsoft({ FEEDBACK_ADDRESS: mailbox, ORIGINAL_FIELDS: feedbackId }))
    await expectRefused(world, 'mail', 'unknown_reporter', () => world.mail(mailbox, mail))
    await expectRefused(world, 'message', 'unknown_reporter', () => report(world, mail))
    expect(await world.check('frank@example.com')).toMatchObject({ decision: 'allow' })
  })

  test('unsubscribes from its topic alone when a link is all it has', async ({ world }) => {
    const { mailbox, unsubscribeUrl } = await minted(world)
    const words = microsoft({
      FEEDBACK_ADDRESS: mailbox,
      ORIGINAL_FIELDS: 'X: y',
      'What is new.': `Leave: ${unsubscribeUrl}`,
    })
    await world.mail(mailbox, fixture('arf.eml', words), REPORTER.address)
    expect(await world.check(BOB)).toMatchObject({ reason: 'unsubscribed', scope: 'topic' })
    expect(await world.check(BOB, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
  })
})

test('a signed complaint whose type somebody folded anew proves nothing', async ({ sharedWorld: world }) => {
  const { mailbox, feedbackId } = await minted(world, 'frank@example.com')
  const signed = await signedArf({ FEEDBACK_ADDRESS: mailbox, ORIGINAL_FIELDS: feedbackId })
  // Where the delimiter is not quoted, a line behind it would be part of it.
  const mail = signed.replace(/(boundary="?arf-boundary"?)\r\n/, '$1\r\nx="y"\r\n')
  expect(mail).not.toBe(signed)
  await expectRefused(world, 'message', 'unsigned', () => report(world, mail))
  expect(await world.check('frank@example.com')).toMatchObject({ decision: 'allow' })
})

describe('a mail that is made to hold us up is answered, and refused:', () => {
  const head = `From: <${SERVER}>\r\nMessage-ID: <h@mx.example.com>\r\nContent-Type: multipart/mixed; boundary=b`
  const levels = Array.from(
    { length: 50 },
    (_, i) => `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`,
  )
  const cases: [string, string, () => string][] = [
    ['parts within parts', 'malformed', () => `${head}0\r\n\r\n${levels.join('')}`],
    [
      'a hundred thousand parts',
      'not_a_report',
      () => `${head}\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}`,
    ],
    ['a header of a megabyte', 'malformed', () => `X: ${'x'.repeat(1 << 20)}\r\n${text('x@y.example')}`],
    ['twenty megabytes of one line', 'no_token', () => `${text('x@y.example')}${'x'.repeat(20 << 20)}`],
    [
      'twenty megabytes of addresses',
      'no_token',
      () => `${text('x@y.example')}${'a@b.example\r\n'.repeat(1_600_000)}`,
    ],
  ]
  test.for(cases)('%s', async ([, why, mail], { sharedWorld: world }) => {
    await expectRefused(world, 'message', why, async () => {
      const answer = await report(world, mail())
      expect([answer.status, await answer.json()]).toMatchObject([403, { why }])
    })
  })
})
