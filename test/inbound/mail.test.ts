import { describe, expect } from 'vitest'
import { linkTextOf, mintToken } from '../../core/token.ts'
import { tokenAddress } from '../../core/unsubscribe-headers.ts'
import { DEMO_ADDRESS } from '../../local/seed.ts'
import {
  asked,
  connect,
  deliver,
  dns,
  expectRefused,
  fixture,
  MAILGUN,
  REPORTER,
  type Signing,
  STRANGER,
  signedArf,
  test,
} from '../support/inbound.ts'
import { answered, type World } from '../support/world.ts'

const BOB = 'bob@example.com'

interface Links {
  unsubscribeUrl: string
  returnPath: string
  headers: Record<string, string>
  /** The two mailboxes of the workspace. */
  leave: string
  feedback: string
}

/** Gives the workspace its two mailboxes, and returns what a recipient is minted. */
async function minted(world: World, address = BOB): Promise<Links> {
  // Whose a mail is its mailbox tells, of all that there are.
  const [leave, feedback] = ['u', 'fb'].map(name => `${name}@t${world.tenant}.n.example`) as [string, string]
  const set = 'unsubscribe_mailbox = ?, feedback_mailbox = ?'
  await world.update('workspace', set, [leave, feedback], `number = ${world.workspace}`)
  const { links } = await answered(await world.call('/v1/links', { topic: 'news', recipients: [address] }))
  return { ...links[0], leave, feedback }
}

const mailtoOf = ({ headers }: Links) => /<mailto:([^>]+)>/.exec(headers['List-Unsubscribe']!)![1]!

/** A mail as a mail program writes it when its user presses the button. */
const choice = (to: string, more: string[] = [], body = 'unsubscribe\r\n') =>
  [
    ...(more.some(field => field.startsWith('From:')) ? [] : ['From: Bob <bob@example.com>']),
    `To: ${to}`,
    'Subject: unsubscribe',
    'Message-ID: <1@example.com>',
    ...more,
    '',
    body,
  ].join('\r\n')

/** Trace fields of so many servers. */
const hops = (count: number) =>
  Array.from({ length: count }, (_, i) => `Received: from a by b${i}; Fri, 20 Nov 2026 15:00:00 +0000`)

/** Types of a part that makes a mail a report. */
const REPORT_PARTS = [
  'message/delivery-status',
  'message/global-delivery-status',
  'message/feedback-report',
  'message/disposition-notification',
]

const original = ({ headers }: Links) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\r\n')

describe('a mail to the unsubscribe address', () => {
  test('unsubscribes whom its token names, once, whoever writes it', async ({ world }) => {
    const links = await minted(world)
    expect(
      await world.mail(mailtoOf(links), choice(mailtoOf(links)), 'somebody.else@example.net'),
    ).toBeUndefined()
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed', scope: 'topic' })
    expect(await world.check(BOB, { topic: 'offers' })).toMatchObject({ decision: 'allow' })
    await world.mail(mailtoOf(links), choice(mailtoOf(links)))
    const [[data]] = (await world.sql("SELECT data FROM event WHERE type = 'suppression.added'")) as [
      [string],
    ]
    expect(JSON.parse(data)).toMatchObject({ via: 'mailto', reason: 'unsubscribed' })
  })

  test('works when the server hands it over under another address and the mail alone has the token', async ({
    world,
  }) => {
    const links = await minted(world)
    expect(await world.mail(links.leave, choice(mailtoOf(links)))).toBeUndefined()
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('still works when the workspace has another mailbox since', async ({ world }) => {
    const to = mailtoOf(await minted(world))
    await world.update('workspace', 'unsubscribe_mailbox = NULL, feedback_mailbox = NULL')
    expect(await world.mail(to, choice(to))).toBeUndefined()
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  const choices: [what: string, fields: string[], from?: string][] = [
    ['that says it was not sent by itself', ['Auto-Submitted: no']],
    ['that a mail program marks as generated', ['Auto-Submitted: auto-generated']],
    ['as Apple’s Mail writes it', ['Auto-Submitted: auto-replied', 'X-Apple-Unsubscribe: true']],
    ['that calls itself an automatic reply', ['Auto-Submitted: auto-replied']],
    [
      'that calls itself one, with a comment',
      ['Auto-Submitted: (by hand) auto-replied; owner-email="bob@example.com"'],
    ],
    ['that calls itself a notice', ['Auto-Submitted: auto-notified']],
    [
      'that is generated and answers our mail',
      ['Auto-Submitted: auto-generated', 'In-Reply-To: <a@b.example>'],
    ],
    [
      'that answers our mail by a press of "reply"',
      ['In-Reply-To: <20261120.1@north.example>', 'References: <20261120.1@north.example>'],
    ],
    ['with a word about automatic answers', ['X-Auto-Response-Suppress: All']],
    ['of ordinary precedence', ['Precedence: first-class']],
    ['that a gateway calls bulk', ['Precedence: bulk']],
    ['that a gateway calls junk', ['Precedence: junk']],
    ['that a gateway calls mail of a list', ['Precedence: list', 'List-Id: <staff.example.com>']],
    ['with a list’s own addresses', ['List-Post: <mailto:a@b.example>', 'Mailing-List: contact a@b.example']],
    ['with a way to leave a list', ['List-Unsubscribe: <https://example.com/u>']],
    ['of an old responder', ['Precedence: auto_reply', 'X-Autoreply: yes', 'X-Autorespond: yes']],
    ['that a gateway marks against loops', ['X-Loop: leave@north.example']],
    ['that wants no answer', [], '<>'],
    ['without a return path', ['Return-Path: <>']],
    ['whose return path a server wrote', ['Return-Path: <MAILER-DAEMON>'], 'MAILER-DAEMON@mx.example.com'],
    ['of a postmaster', ['From: postmaster@example.com'], 'postmaster@example.com'],
    ['in HTML and text', ['Content-Type: multipart/alternative; boundary=b']],
    ['that passed a dozen servers', hops(12)],
    [
      'with all of these at once',
      [
        'Auto-Submitted: auto-replied',
        'Precedence: bulk',
        'X-Loop: a@b.example',
        'List-Id: <a.b.example>',
        'In-Reply-To: <a@b.example>',
      ],
      '<>',
    ],
  ]
  for (const [what, fields, from] of choices) {
    test(`${what} counts`, async ({ sharedWorld: world }) => {
      const address = `${fields.join('').length}-${what.length}@example.com`
      const to = mailtoOf(await minted(world, address))
      expect(await world.mail(to, choice(to, fields), from)).toBeUndefined()
      expect(await world.check(address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    })
  }

  const others: [what: string, why: string, fields: string[], body?: string][] = [
    [
      'a read receipt',
      'automatic',
      ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b'],
    ],
    ['a bounce', 'automatic', ['Content-Type: multipart/report; report-type=delivery-status; boundary=b']],
    ['a complaint', 'automatic', ['Content-Type: Multipart/Report; boundary=b; report-type=feedback-report']],
    ['a report of whatever else', 'automatic', ['Content-Type: multipart/report; boundary=b']],
    [
      'a report that says its type twice',
      'automatic',
      ['Content-Type: text/plain', 'Content-Type: multipart/report'],
    ],
    ['a bare delivery status', 'automatic', ['Content-Type: message/delivery-status']],
    ['a bare feedback report', 'automatic', ['Content-Type: message/feedback-report']],
    ...REPORT_PARTS.map((type): [string, string, string[], string] => [
      `a mail of parts with one of ${type}`,
      'automatic',
      ['Content-Type: multipart/mixed; boundary=b'],
      `--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n--b\r\nContent-Description: x\r\ncontent-type:\r\n ${type}\r\n\r\nAction: failed\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nA: b\r\n--b--\r\n`,
    ]),
    ['a bounce in plain text', 'automatic', ['X-Failed-Recipients: bob@example.com']],
    [
      'a mail of the server’s own',
      'automatic',
      ['From: Mail Delivery System <Mailer-Daemon@mx.example.com>'],
    ],
    ['a mail that went round for long', 'loop', hops(60)],
  ]
  for (const [what, why, fields, body] of others) {
    test(`does nothing as ${what}, is answered by nobody, and is counted`, async ({ sharedWorld: world }) => {
      const to = mailtoOf(await minted(world, 'carol@example.com'))
      const mail = choice(to, fields, body)
      await expectRefused(world, 'mail', why, async () => {
        expect(await world.mail(to, mail)).toBeUndefined()
      })
      expect(await world.check('carol@example.com')).toMatchObject({ decision: 'allow' })
    })
  }

  test('counts when a mail with a report in it goes along', async ({ world }) => {
    const to = mailtoOf(await minted(world))
    const inside = fixture('dsn.eml', { RETURN_PATH: 'x', ORIGINAL_FIELDS: 'X: y' })
    const body = `--b\r\nContent-Type: text/plain\r\n\r\nStop.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${inside}\r\n--b--\r\n`
    await world.mail(to, choice(to, ['Content-Type: multipart/mixed; boundary=b'], body))
    expect(await world.check(BOB)).toMatchObject({ reason: 'unsubscribed', scope: 'topic' })
  })

  const spellings: [what: string, spell: (to: string) => string][] = [
    ['in capitals', to => to.toUpperCase()],
    ['in lower case', to => to.toLowerCase()],
    ['with its plus percent-encoded', to => to.replace('+', '%2B')],
    ['with its plus percent-encoded in lower case', to => to.replace('+', '%2b').toLowerCase()],
    ['with a blank for its plus', to => to.replace('+', ' ')],
    ['in quotes', to => to.replace('@', '"@').replace(/^/, '"')],
  ]
  for (const [what, spell] of spellings) {
    test(`counts when its address comes ${what}, on the envelope or in the mail`, async ({ world }) => {
      const [bob, carol] = [await minted(world), await minted(world, 'carol@example.com')].map(mailtoOf)
      expect(await world.mail(spell(bob!), choice('undisclosed'))).toBeUndefined()
      expect(await world.mail('x@north.example', choice(spell(carol!)))).toBeUndefined()
      for (const address of [BOB, 'carol@example.com'])
        expect(await world.check(address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    })
  }

  for (const field of [
    'To',
    'Cc',
    'Delivered-To',
    'X-Original-To',
    'Envelope-To',
    'X-Envelope-To',
    'Resent-To',
  ]) {
    test(`counts by the address in ${field}, when what stands before it proves nothing`, async ({
      sharedWorld: world,
    }) => {
      const address = `${field}@example.com`
      const links = await minted(world, address)
      const older = linkTextOf(/\+([^@]+)@/.exec(mailtoOf(links))![1]!)
      const broken = tokenAddress(older.toLowerCase(), links.leave)
      const to = `${broken}, ${tokenAddress('A'.repeat(39), links.leave)}`
      const mail = choice(field === 'To' ? `${to}, ${mailtoOf(links)}` : to, [
        ...(field === 'To' ? [] : [`${field}: Leave <${mailtoOf(links)}>`]),
      ])
      expect(await world.mail(broken, mail)).toBeUndefined()
      expect(await world.check(address)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
    })
  }

  test('counts by an address of the older form, for ever', async ({ world }) => {
    const { leave, unsubscribeUrl } = await minted(world)
    const to = tokenAddress(unsubscribeUrl.split('/u/')[1]!, leave)
    expect(await world.mail(to, choice(to))).toBeUndefined()
    expect(await world.check(BOB)).toMatchObject({ decision: 'deny', reason: 'unsubscribed' })
  })

  test('is looked through for so many tokens and no more', async ({ sharedWorld: world }) => {
    const links = await minted(world, 'dora@example.com')
    const others = (count: number) =>
      Array.from({ length: count }, (_, i) => tokenAddress(`${i}`.padStart(39, 'A'), links.leave))
    const far = choice([...others(16), mailtoOf(links)].join(',\r\n '))
    await expectRefused(world, 'mail', 'foreign_token', () => world.mail(links.leave, far))
    await world.mail(links.leave, choice([...others(15), mailtoOf(links)].join(',\r\n ')))
    expect(await world.check('dora@example.com')).toMatchObject({ reason: 'unsubscribed' })
  })

  test('with a token that is not ours is refused while its server waits, so that its writer learns of it', async ({
    sharedWorld: world,
  }) => {
    const { leave } = await minted(world)
    const extended = (by: string) => leave.replace('@', `+${by}@`)
    for (const to of [extended('A'.repeat(39)), extended('4'.repeat(47)), leave, extended('short')]) {
      const why = /A{39}|4{47}/.test(to) ? 'foreign_token' : 'no_token'
      await expectRefused(world, 'mail', why, async () => {
        expect(await world.mail(to, choice(to))).toContain('There is no such address here.')
      })
    }
  })

  test('of another purpose does nothing: a link of the preference center, a feedback id', async ({
    sharedWorld: world,
  }) => {
    const { returnPath, leave } = await minted(world)
    const { preferencesUrl } = await world.links(BOB)
    const to = leave.replace('@', `+${preferencesUrl.slice(-39)}@`)
    await expectRefused(world, 'mail', 'foreign_token', () => world.mail(to, choice(to)))
    const feedback = returnPath.replace(/^fb/, 'u')
    await expectRefused(world, 'mail', 'not_a_report', () => world.mail(feedback, choice(feedback)))
  })
})

const HOUR_MS = 60 * 60 * 1000
const receipt = { topic: 'receipts', purpose: 'transactional' }

describe('a bounce that comes to the return path', () => {
  test('keeps marketing of the whole tenant from whom its token names, once, whatever address the mail says, and no receipt', async ({
    world,
  }) => {
    const links = await minted(world)
    const mail = fixture('dsn.eml', {
      RETURN_PATH: links.returnPath,
      ORIGINAL_FIELDS: 'X-Mailer: none',
      'bob@example.com': 'carol@example.com',
    })
    expect(await world.mail(links.returnPath, mail, 'MAILER-DAEMON@mx.example.com')).toBeUndefined()
    expect(await world.check(BOB, { topic: 'offers' })).toMatchObject({ reason: 'bounced', scope: 'tenant' })
    expect(await world.check(BOB, receipt)).toMatchObject({ decision: 'allow' })
    expect(await world.check('carol@example.com')).toMatchObject({ decision: 'allow' })
    await world.writesNothing(() => world.mail(links.returnPath, mail))
    const rows = await world.sql("SELECT actor, data FROM event WHERE type = 'bounce.reported'")
    expect(rows).toEqual([
      ['mail_server', '{"kind":"permanent","proof":"token","status":"5.1.1","via":"mail"}'],
    ])
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: BOB }))
    expect(suppressions).toMatchObject([{ reason: 'bounced', purpose: 'marketing', source: 'report' }])
  })

  test('is known by the feedback id of the mail it returns as well', async ({ world }) => {
    const links = await minted(world)
    const { feedback } = links
    const mail = fixture('dsn.eml', { RETURN_PATH: feedback, ORIGINAL_FIELDS: original(links) })
    expect(await world.mail(feedback, mail)).toBeUndefined()
    expect(await world.check(BOB)).toMatchObject({ reason: 'bounced', scope: 'tenant' })
  })

  const second = async (world: World, { id, hours }: { id: string; hours: number }) => {
    const { returnPath } = await minted(world)
    const returned = (report: string, message: string) =>
      fixture('dsn.eml', {
        RETURN_PATH: returnPath,
        ORIGINAL_FIELDS: 'X: y',
        '.DSN@': `.${report}@`,
        '20261120.1@north': `${message}@north`,
      })
    await world.mail(returnPath, returned('first', '1'))
    await world.update('inbound_report', 'at = at - ?', [hours * HOUR_MS])
    await world.mail(returnPath, returned('second', id))
    return world.check(BOB, receipt)
  }

  test('keeps receipts away too once another mail came back a day later or more', async ({ world }) => {
    expect(await second(world, { id: '2', hours: 24 })).toMatchObject({
      decision: 'deny',
      reason: 'bounced',
      scope: 'tenant',
    })
    const { suppressions } = await answered(await world.call('/v1/suppressions/find', { address: BOB }))
    expect(suppressions).toHaveLength(2)
  })

  test('keeps no receipt away when the other mail came back sooner, or the same one did', async ({
    world,
  }) => {
    expect(await second(world, { id: '2', hours: 23 })).toMatchObject({ decision: 'allow' })
    await world.remove('inbound_report')
    expect(await second(world, { id: '1', hours: 200 })).toMatchObject({ decision: 'allow' })
  })

  test('is about the message that its feedback id names, whatever Message-ID it says', async ({ world }) => {
    await minted(world)
    const about = async (messageRef: string) => {
      const { links } = await answered(
        await world.call('/v1/links', { topic: 'news', recipients: [BOB], messageRef }),
      )
      return links[0] as Links
    }
    const come = async (links: Links, id: string) => {
      const words = {
        ORIGINAL_FIELDS: original(links),
        '.DSN@': `.${id}@`,
        '20261120.1@north': `${id}@north`,
      }
      await world.mail(links.returnPath, fixture('dsn.eml', { RETURN_PATH: links.returnPath, ...words }))
      await world.update('inbound_report', 'at = at - ?', [25 * HOUR_MS])
    }
    await come(await about('m1'), 'a')
    await come(await about('m1'), 'b')
    expect(await world.check(BOB, receipt)).toMatchObject({ decision: 'allow' })
    await come(await about('m2'), 'c')
    expect(await world.check(BOB, receipt)).toMatchObject({ reason: 'bounced' })
  })

  test('is about the message that a return path of the older form names', async ({ world }) => {
    const { feedback } = await minted(world)
    const come = async (ref: string, id: string) => {
      const ours = { topic: world.topics.news!, addressId: world.addressId }
      const claim = { ...ours, ref: new TextEncoder().encode(ref) }
      const path = tokenAddress(mintToken(world.keyring, 'feedback', claim), feedback)
      const words = { ORIGINAL_FIELDS: 'X: y', '.DSN@': `.${id}@`, '20261120.1@north': `${id}@north` }
      await world.mail(path, fixture('dsn.eml', { RETURN_PATH: path, ...words }))
      await world.update('inbound_report', 'at = at - ?', [25 * HOUR_MS])
    }
    await come('m1', 'a')
    await come('m1', 'b')
    expect(await world.check(DEMO_ADDRESS, receipt)).toMatchObject({ decision: 'allow' })
    await come('m2', 'c')
    expect(await world.check(DEMO_ADDRESS, receipt)).toMatchObject({ reason: 'bounced' })
  })

  test('that says of no message which it is about is no other one', async ({ world }) => {
    const { returnPath } = await minted(world)
    for (const id of ['a', 'b', 'c']) {
      const words = {
        ORIGINAL_FIELDS: 'X: y',
        '.DSN@': `.${id}@`,
        'Message-ID: <20261120.1@north': 'X-Id: <1@north',
      }
      await world.mail(returnPath, fixture('dsn.eml', { RETURN_PATH: returnPath, ...words }))
      await world.update('inbound_report', 'at = at - ?', [25 * HOUR_MS])
    }
    expect(await world.sql('SELECT message FROM inbound_report')).toEqual([[null], [null], [null]])
    expect(await world.check(BOB)).toMatchObject({ reason: 'bounced' })
    expect(await world.check(BOB, receipt)).toMatchObject({ decision: 'allow' })
  })

  test('counts when a server folded the case of its return path, wherever that stands', async ({ world }) => {
    const recipients = ['a', 'b', 'c', 'd'].map(name => `${name}@example.com`)
    for (const [i, recipient] of recipients.entries()) {
      const { returnPath, feedback } = await minted(world, recipient)
      const folded = i % 2 ? returnPath.toUpperCase() : returnPath.toLowerCase()
      const mail = fixture('dsn.eml', {
        RETURN_PATH: i < 2 ? feedback : folded,
        ORIGINAL_FIELDS: i < 2 ? `Return-Path: <${folded}>` : 'X: y',
      })
      expect(await world.mail(i < 2 ? feedback : folded, mail)).toBeUndefined()
      expect(await world.check(recipient)).toMatchObject({ reason: 'bounced', scope: 'tenant' })
    }
  })

  test('keeps receipts away at once when the provider signs that it is so', async ({ world }) => {
    const { returnPath } = await minted(world)
    await world.mail(returnPath, fixture('dsn.eml', { RETURN_PATH: returnPath, ORIGINAL_FIELDS: 'X: y' }))
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    await answered(await deliver(world, path, MAILGUN.body(fixture('mailgun-bounce.json'))))
    expect(await world.check(BOB, receipt)).toMatchObject({ reason: 'bounced', scope: 'tenant' })
  })

  test('that only tells of a delay, or of a delivery, does nothing', async ({ sharedWorld: world }) => {
    const { returnPath } = await minted(world)
    for (const action of ['delayed', 'delivered', 'relayed', 'expanded']) {
      const mail = fixture('dsn.eml', {
        RETURN_PATH: returnPath,
        'Action: failed': `Action: ${action}`,
        ORIGINAL_FIELDS: 'X: y',
      })
      await world.writesNothing(() => world.mail(returnPath, mail))
    }
  })

  test('about a full mailbox or a refused text counts, and does not suppress at once', async ({ world }) => {
    const { returnPath } = await minted(world)
    for (const [status, id] of [
      ['5.2.2', 'a'],
      ['5.7.1', 'b'],
      ['4.2.2', 'c'],
    ] as const) {
      expect(await world.check(BOB)).toMatchObject({ decision: 'allow' })
      const words = {
        RETURN_PATH: returnPath,
        'Status: 5.1.1': `Status: ${status}`,
        '550 5.1.1': `550 ${status}`,
        'User unknown': 'not now',
        '.DSN@': `.${id}@`,
        ORIGINAL_FIELDS: 'X: y',
      }
      await world.mail(returnPath, fixture('dsn.eml', words))
    }
    expect(await world.check(BOB)).toMatchObject({ reason: 'bounced', until: expect.any(String) })
    expect(await world.check(BOB, receipt)).toMatchObject({ decision: 'allow' })
  })

  test('is no matter to a signature: two that nobody signed and one of the provider’s keep no receipt away', async ({
    world,
  }) => {
    const { returnPath } = await minted(world)
    for (const id of ['a', 'b']) {
      const words = {
        'Status: 5.1.1': 'Status: 5.2.2',
        'User unknown': 'full',
        '.DSN@': `.${id}@`,
        ORIGINAL_FIELDS: 'X: y',
      }
      await world.mail(returnPath, fixture('dsn.eml', { RETURN_PATH: returnPath, ...words }))
    }
    const path = await connect(world, 'mailgun', MAILGUN.settings)
    const full = fixture('mailgun-bounce.json', { '"permanent"': '"temporary"', '5.1.1': '5.2.2' })
    await answered(await deliver(world, path, MAILGUN.body(full)))
    expect(await world.check(BOB, receipt)).toMatchObject({ decision: 'allow' })
  })

  test('with an unsubscribe link alone unsubscribes from its topic, and no more', async ({ world }) => {
    const { headers, feedback } = await minted(world)
    const words = {
      RETURN_PATH: feedback,
      ORIGINAL_FIELDS: `List-Unsubscribe: ${headers['List-Unsubscribe']}`,
    }
    await world.mail(feedback, fixture('dsn.eml', words))
    expect(await world.check(BOB)).toMatchObject({ reason: 'unsubscribed', scope: 'topic' })
    for (const other of [{ topic: 'offers' }, receipt])
      expect(await world.check(BOB, other)).toMatchObject({ decision: 'allow' })
    expect(await world.sql('SELECT count(*) FROM inbound_report')).toEqual([[0]])
  })
})

describe('a complaint that comes by mail', () => {
  test('suppresses for the workspace whom the feedback id names, when a known reporter signed it, once', async ({
    world,
  }) => {
    const links = await minted(world)
    const { feedback } = links
    const words = {
      FEEDBACK_ADDRESS: feedback,
      'Original-Rcpt-To: <bob@example.com>\r\n': '',
      ORIGINAL_FIELDS: original(links),
    }
    expect(links.headers).toMatchObject({ 'CFBL-Address': `${feedback}; report=arf` })
    const mail = await signedArf(words)
    expect(await world.mail(feedback, mail, REPORTER.address)).toBeUndefined()
    expect(await world.check(BOB, receipt)).toMatchObject({ reason: 'complained', scope: 'workspace' })
    // What the signature does not cover makes no other report of it.
    const again = mail.replace(/^/, 'X-Trace: 1\r\n')
    await world.writesNothing(() => world.mail(feedback, again))
    const [[data]] = (await world.sql("SELECT data FROM event WHERE type = 'complaint.reported'")) as [
      [string],
    ]
    expect(JSON.parse(data)).toMatchObject({ via: 'mail', proof: 'signed', status: 'abuse' })
  })

  test('with the pictures of its mail is believed as well', async ({ world }) => {
    const links = await minted(world)
    const words = {
      FEEDBACK_ADDRESS: links.feedback,
      ORIGINAL_FIELDS: original(links),
      'What is new.': `What is new.\r\n${`${'x'.repeat(900)}\r\n`.repeat(500)}`,
    }
    await world.mail(links.feedback, await signedArf(words))
    expect(await world.check(BOB)).toMatchObject({ reason: 'complained' })
  })

  const forgeries: [what: string, why: string, signing: Signing, change?: (mail: string) => string][] = [
    ['by nobody', 'unsigned', {}, mail => mail.replace(/^DKIM-Signature:(?:.*\r\n[ \t])*.*\r\n/m, '')],
    [
      'by somebody who is no reporter',
      'unknown_reporter',
      { from: 'abuse@evil.example', domain: 'evil.example' },
    ],
    ['by another domain than it is from', 'unsigned', { domain: 'evil.example' }],
    [
      'by another domain, whose selector ends as the reporter’s name does',
      'unsigned',
      { domain: 'evil.example', selector: `s._domainkey.${REPORTER.domain}` },
    ],
    ['by a key that is nowhere published', 'unsigned', { selector: 'none' }],
    ['by a key for trials', 'unsigned', { selector: 'trial' }],
    ['by a key for something else than mail', 'unsigned', { selector: 'other' }],
    ['by another key', 'unsigned', { privateKey: STRANGER }],
    ['without who it is from', 'unsigned', { fields: 'Subject:To:Date:Content-Type' }],
    ['without whom it is to', 'unsigned', { fields: 'From:Subject:Date:Content-Type' }],
    ['without where its parts begin', 'unsigned', { fields: 'From:To:Subject:Date' }],
    ['over its beginning alone', 'unsigned', {}, mail => mail.replace('DKIM-Signature: v=1;', '$& l=0;')],
    ['for a time that has passed', 'unsigned', {}, mail => mail.replace('DKIM-Signature: v=1;', '$& x=1;')],
    [
      'and then given another feedback id',
      'unsigned',
      {},
      mail => mail.replace('What is new.\r\n--', 'What was new.\r\n--'),
    ],
    ['and then given another From', 'unsigned', {}, mail => `From: ${REPORTER.address}\r\n${mail}`],
    ['and then given another To', 'unsigned', {}, mail => `To: somebody@north.example\r\n${mail}`],
    ['long ago', 'stale', { date: new Date(Date.now() - 81 * 24 * HOUR_MS) }],
  ]
  test.for(forgeries)(
    'does nothing when it is signed %s',
    async ([, why, signing, change], { sharedWorld: world }) => {
      const { feedback, headers } = await minted(world, 'erin@example.com')
      const words = {
        FEEDBACK_ADDRESS: feedback,
        ORIGINAL_FIELDS: `CFBL-Feedback-ID: ${headers['CFBL-Feedback-ID']}`,
      }
      const mail = await signedArf(words, signing)
      const forged = change ? change(mail) : mail
      if (change) expect(forged).not.toBe(mail)
      await expectRefused(world, 'mail', why, () => world.mail(feedback, forged))
      expect(await world.check('erin@example.com')).toMatchObject({ decision: 'allow' })
    },
  )

  test('does nothing when its reporter sent it to somebody else, who wrote the mail and put our token in', async ({
    sharedWorld: world,
  }) => {
    const { feedback, headers } = await minted(world, 'erin@example.com')
    const words = {
      FEEDBACK_ADDRESS: 'mallory@evil.example',
      ORIGINAL_FIELDS: `CFBL-Feedback-ID: ${headers['CFBL-Feedback-ID']}`,
    }
    const mail = await signedArf(words)
    await expectRefused(world, 'mail', 'other_mailbox', () => world.mail(feedback, mail))
  })

  test('is not known by a token in the address it was sent to, which no signature covers', async ({
    sharedWorld: world,
  }) => {
    const { feedback, returnPath } = await minted(world, 'erin@example.com')
    const mail = await signedArf({ FEEDBACK_ADDRESS: feedback, ORIGINAL_FIELDS: 'X: y' })
    await expectRefused(world, 'mail', 'no_token', () => world.mail(returnPath, mail))
  })

  test('asks for no key but of a reporter, and is not taken while nobody says what that is', async ({
    sharedWorld: world,
  }) => {
    const { feedback, headers } = await minted(world, 'erin@example.com')
    const words = {
      FEEDBACK_ADDRESS: feedback,
      ORIGINAL_FIELDS: `CFBL-Feedback-ID: ${headers['CFBL-Feedback-ID']}`,
    }
    expect(dns.has(`away._domainkey.${REPORTER.domain}`)).toBe(true)
    const mail = await signedArf(words, { selector: 'away' })
    asked.length = 0
    await world.writesNothing(() => expect(world.mail(feedback, mail)).rejects.toThrow())
    expect(asked).toHaveLength(1)
    await world.mail(feedback, await signedArf(words, { domain: 'evil.example' }))
    expect(asked).toHaveLength(1)
  })

  test('with an unsubscribe link alone unsubscribes from its topic, and no more', async ({ world }) => {
    const { headers, feedback } = await minted(world)
    const words = {
      FEEDBACK_ADDRESS: feedback,
      ORIGINAL_FIELDS: `List-Unsubscribe: ${headers['List-Unsubscribe']}`,
    }
    await world.mail(feedback, fixture('arf.eml', words))
    expect(await world.check(BOB)).toMatchObject({ reason: 'unsubscribed', scope: 'topic' })
    for (const other of [{ topic: 'offers' }, receipt])
      expect(await world.check(BOB, other)).toMatchObject({ decision: 'allow' })
    expect(await world.sql("SELECT type FROM event WHERE type LIKE '%.reported'")).toEqual([])
  })

  test('is none when the recipient says that it is no spam', async ({ sharedWorld: world }) => {
    const links = await minted(world)
    for (const type of ['not-spam', 'auth-failure', 'virus', 'other']) {
      const words = {
        FEEDBACK_ADDRESS: links.feedback,
        ORIGINAL_FIELDS: original(links),
        'Feedback-Type: abuse': `Feedback-Type: ${type}`,
      }
      await world.writesNothing(() => world.mail(links.feedback, fixture('arf.eml', words)))
    }
  })
})

describe('a report by mail that nothing proves does nothing, and is counted:', () => {
  const cases: [string, string, (links: Links) => { to: string; mail: string }][] = [
    [
      'a complaint about a mail that is not ours',
      'no_token',
      ({ feedback }) => ({
        to: feedback,
        mail: fixture('arf.eml', { FEEDBACK_ADDRESS: feedback, ORIGINAL_FIELDS: 'X: y' }),
      }),
    ],
    [
      'a feedback id that was made up',
      'foreign_token',
      ({ feedback }) => ({
        to: feedback,
        mail: fixture('arf.eml', {
          FEEDBACK_ADDRESS: feedback,
          ORIGINAL_FIELDS: `CFBL-Feedback-ID: ${'A'.repeat(39)}`,
        }),
      }),
    ],
    [
      'a return path that was made up',
      'foreign_token',
      ({ feedback }) => ({
        to: feedback.replace('@', `+${'A'.repeat(39)}@`),
        mail: fixture('dsn.eml', { RETURN_PATH: 'x', ORIGINAL_FIELDS: 'X: y' }),
      }),
    ],
    [
      'a bounce about nobody',
      'no_recipient',
      ({ returnPath }) => ({
        to: returnPath,
        mail: fixture('dsn.eml', {
          RETURN_PATH: returnPath,
          'Final-Recipient': 'X-A',
          'Original-Recipient': 'X-B',
          ORIGINAL_FIELDS: 'X: y',
        }),
      }),
    ],
    [
      'a report that stands within a mail',
      'not_a_report',
      ({ returnPath }) => ({
        to: returnPath,
        mail: `From: a@b.example\r\nMessage-ID: <n@b.example>\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\nContent-Type: message/rfc822\r\n\r\n${fixture('dsn.eml', { RETURN_PATH: returnPath, ORIGINAL_FIELDS: 'X: y' })}\r\n--out--\r\n`,
      }),
    ],
    [
      'a report with a report inside and nothing of its own',
      'not_a_report',
      ({ returnPath }) => ({
        to: returnPath,
        mail: `From: a@b.example\r\nMessage-ID: <n@b.example>\r\nContent-Type: multipart/report; boundary=out\r\n\r\n--out\r\nContent-Type: message/rfc822\r\n\r\n${fixture('dsn.eml', { RETURN_PATH: returnPath, ORIGINAL_FIELDS: 'X: y' })}\r\n--out--\r\n`,
      }),
    ],
    [
      'a report without an end or parts',
      'not_a_report',
      ({ returnPath }) => ({
        to: returnPath,
        mail: 'From: a@b.example\r\nMessage-ID: <n@b.example>\r\nContent-Type: multipart/report; boundary=out\r\n\r\n--ou',
      }),
    ],
    [
      'a newsletter to the return path',
      'not_a_report',
      ({ returnPath }) => ({ to: returnPath, mail: choice(returnPath) }),
    ],
  ]
  for (const [what, why, make] of cases) {
    test(what, async ({ sharedWorld: world }) => {
      const { to, mail } = make(await minted(world, 'erin@example.com'))
      await expectRefused(world, 'mail', why, () => world.mail(to, mail, 'MAILER-DAEMON@mx.example.com'))
      expect(await world.check('erin@example.com')).toMatchObject({ decision: 'allow' })
    })
  }

  test('parts within parts without end', async ({ sharedWorld: world }) => {
    const { returnPath } = await minted(world)
    let mail =
      'From: a@b.example\r\nMessage-ID: <n@b.example>\r\nContent-Type: multipart/report; boundary=b0\r\n\r\n'
    for (let i = 0; i < 40; i++)
      mail += `--b${i}\r\nContent-Type: multipart/mixed; boundary=b${i + 1}\r\n\r\n`
    await expectRefused(world, 'mail', 'malformed', () => world.mail(returnPath, mail))
  })
})

test('mail to nobody we know of is counted as nobody’s', async ({ sharedWorld: world }) => {
  await world.writesNothing(() => world.mail('info@elsewhere.example', choice('info@elsewhere.example')))
  expect(await world.sql('SELECT door, why, count FROM main.inbound_refusal WHERE workspace = 0')).toEqual([
    ['mail', 'no_token', 1],
  ])
})

test('while the database is away a mail is not taken, so that its server tries again', async ({
  ownWorld: world,
}) => {
  const to = mailtoOf(await minted(world))
  await world.database.stop()
  await expect(world.mail(to, choice(to))).rejects.toThrow()
})
