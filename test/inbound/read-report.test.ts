import { describe, expect, test } from 'vitest'
import { type MailReport, readReport } from '../../worker/inbound/mail-report.ts'
import { bounceOf } from '../../worker/inbound/report.ts'

/** 39 characters, as a token has; nobody asks here whose it is. */
const TOKEN = 'IQAAAAEAPKnBBGFN2YEfC7cQj9J0YUxTLGf0Bhw'
const LINK = `https://floe.example/u/${TOKEN}`
const ADA = 'ada@example.com'
const SERVER = 'Mail Delivery System <MAILER-DAEMON@mx.example.net>'

const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')
const bytesOf = (text: string) => new TextEncoder().encode(crlf(text))
const read = (text: string) => readReport(bytesOf(text))

/** A part of a mail: its type, with more fields where it has some, and its text. */
type Part = [type: string, text: string]

const mailOf = (type: string, parts: Part[], from = SERVER) => `From: ${from}
To: fb@north.example
Subject: A report
Message-ID: <1@mx.example.net>
MIME-Version: 1.0
Content-Type: ${type}; boundary="b"

--b
Content-Type: text/plain

It failed.
${parts.map(([type, text]) => `--b\nContent-Type: ${type}\n\n${text}\n`).join('')}--b--
`

const STATUS = 'message/delivery-status'
const FEEDBACK = 'message/feedback-report'
const HEAD = 'Reporting-MTA: dns; mx.example.net\n\n'
const FAILED = `Final-Recipient: rfc822; ${ADA}\nAction: failed\nStatus: 5.1.1\n`

const dsn = (fields: string, ...more: Part[]) =>
  mailOf('multipart/report; report-type=delivery-status', [[STATUS, fields], ...more])
/** A failure whose recipient is told in other fields. */
const about = (fields: string) => dsn(`${HEAD}${fields}\nAction: failed\nStatus: 5.1.1\n`)
/** A failure of a known recipient, told in other fields. */
const saying = (fields: string) => dsn(`${HEAD}Final-Recipient: rfc822; ${ADA}\n${fields}\n`)
const arf = (fields: string, ...more: Part[]) =>
  mailOf('multipart/report; report-type=feedback-report', [[FEEDBACK, fields], ...more])
const ABUSE = 'Feedback-Type: abuse\nVersion: 1\n'
const original = (fields: string, text = 'Hello') =>
  `From: North <news@north.example>\nMessage-ID: <n1@north.example>\n${fields}\n\n${text}\n`
const plain = (text: string, { from = SERVER, fields = '' } = {}) => `From: ${from}
To: fb@north.example
Message-ID: <1@mx.example.net>
Subject: failure notice
${fields}
${text}
`

interface Told {
  kind?: string
  address?: string | undefined
  status?: string | undefined
  diagnostic?: string
}
type Row = [what: string, mail: string, entries: Told[], more?: Partial<MailReport>]

/** A mail as it stands within another, whose parts end otherwise. */
const inner = (mail: string) => mail.replace('boundary="b"', 'boundary="in"').replace(/^--b/gm, '--in')

/** Reads the rows, and expects that a bounce's kind is what its status and its words say. */
function table(rows: Row[]) {
  test.for(rows)('%s', async ([, mail, entries, more = {}]) => {
    const report = await read(mail)
    expect(report).toMatchObject({ entries, ...more })
    for (const { kind, status, diagnostic } of (report as MailReport).entries)
      if (kind !== 'complaint') expect(kind).toBe(bounceOf(status, diagnostic))
  })
}

const gone = { kind: 'permanent', address: ADA, status: '5.1.1' }

describe('the recipient of a bounce is found', () => {
  table([
    ['as RFC 3464 has it', dsn(HEAD + FAILED), [gone], { about: 'bounce', loose: false, mended: false }],
    ['under names of another case', about(`FINAL-RECIPIENT: RFC822;${ADA}`), [gone]],
    ['with a blank before the colon', about(`Final-Recipient : rfc822; ${ADA}`), [gone]],
    ['in angle brackets', about(`Final-Recipient: rfc822; <${ADA}>`), [gone]],
    ['without a type', about(`Final-Recipient: ${ADA}`), [gone]],
    ['without a type, in angle brackets', about(`Final-Recipient: <${ADA}>`), [gone]],
    ['with a name', about(`Final-Recipient: rfc822; "Ada B" <${ADA}>`), [gone]],
    ['with a name that has brackets', about(`Final-Recipient: rfc822; "Ada <B>" <${ADA}>`), [gone]],
    ['with a comment behind it', about(`Final-Recipient: rfc822; ${ADA} (Ada (B))`), [gone]],
    ['with a comment before it', about(`Final-Recipient: rfc822; (Ada) ${ADA}`), [gone]],
    ['with the end of a list', about(`Final-Recipient: rfc822; ${ADA};`), [gone]],
    ['with a route', about(`Final-Recipient: rfc822; <@relay.example.net:${ADA}>`), [gone]],
    ['as a link', about(`Final-Recipient: rfc822; mailto:${ADA}`), [gone]],
    ['folded', about(`Final-Recipient: rfc822;\n ${ADA}`), [gone]],
    ['folded without indentation', about(`Final-Recipient: rfc822;\n${ADA}`), [gone]],
    ['in encoded words', about('Final-Recipient: rfc822; =?utf-8?Q?ada=40example.com?='), [gone]],
    [
      'by the address that the sender knows, where both are told',
      about(`Final-Recipient: rfc822; box17@inner.example.com\nOriginal-Recipient: rfc822;${ADA}`),
      [gone],
    ],
    ...['rfc822;', '', 'unknown;', 'unknown; ada', 'rfc822; undisclosed'].map(
      (text): Row => [
        `by the final address, where the original one is ${JSON.stringify(text)}`,
        about(`Original-Recipient: ${text}\nFinal-Recipient: rfc822; ${ADA}`),
        [gone],
      ],
    ),
    [
      'by the address of X-Actual-Recipient, where the other is a domain',
      about(`Final-Recipient: RFC822; @mx.example.org\nX-Actual-Recipient: RFC822; ${ADA}`),
      [gone],
    ],
    ['by X-Actual-Recipient alone', about(`X-Actual-Recipient: RFC822; ${ADA}`), [gone]],
    [
      'in the encoding of SMTP',
      about('Original-Recipient: rfc822;ada+2Bnews+3D1@example.com\nFinal-Recipient: rfc822; x@example.net'),
      [{ address: 'ada+news=1@example.com' }],
    ],
    [
      'with a tag that only looks like that encoding',
      about('Original-Recipient: rfc822;ada+20@example.com\nFinal-Recipient: rfc822; x@example.net'),
      [{ address: 'ada+20@example.com' }],
    ],
    [
      'with a tag, where its address is no original one',
      about('Final-Recipient: rfc822; ada+2B@example.com'),
      [{ address: 'ada+2B@example.com' }],
    ],
    [
      'in letters of the world',
      mailOf('multipart/report; report-type=delivery-status', [
        [
          'message/global-delivery-status',
          `${HEAD}Final-Recipient: utf-8; 用户@例子.公司\nAction: failed\nStatus: 5.1.1\n`,
        ],
      ]),
      [{ kind: 'permanent', address: '用户@例子.公司' }],
    ],
    [
      'in letters of the world, written in ASCII',
      about('Final-Recipient: utf-8; \\x{7528}\\x{6237}@example.com'),
      [{ address: '用户@example.com' }],
    ],
    [
      'nowhere, where what names it is no address',
      about('Final-Recipient: x400; /G=Ada/S=B/'),
      [{ kind: 'permanent', address: undefined }],
    ],
  ])
})

describe('what a bounce says is read', () => {
  const words = 'Action: failed\nDiagnostic-Code: '
  table([
    ['where its action has a comment', saying('Action: failed (bad destination)\nStatus: 5.1.1'), [gone]],
    ['where its action has another case', saying('ACTION: FAILED\nstatus: 5.1.1'), [gone]],
    ['where its action is another word for it', saying('Action: failure\nStatus: 5.1.1'), [gone]],
    ['where it has no action, and a status of failure', saying('Status: 5.1.1'), [gone]],
    ['where its status has words', saying('Action: failed\nStatus: 5.1.1 (bad mailbox)'), [gone]],
    ['where its status has a code before it', saying('Action: failed\nStatus: 550 5.1.1'), [gone]],
    [
      'of a full mailbox',
      saying('Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 over quota'),
      [{ kind: 'transient', status: '5.2.2', diagnostic: '552 5.2.2 over quota' }],
    ],
    [
      'with the words beside the status',
      saying(`Status: 5.0.0\n${words}smtp; 554 Message rejected as spam`),
      [{ status: '5.0.0', diagnostic: '554 Message rejected as spam' }],
    ],
    [
      'with its status among the words alone',
      saying(`${words}smtp; 550-5.1.1 The account does not exist`),
      [{ ...gone, diagnostic: '550-5.1.1 The account does not exist' }],
    ],
    [
      'with the words that its text alone has',
      saying('Action: failed\nStatus: 5.0.0').replace(
        'It failed.',
        `An error has occurred while attempting to deliver a message:\n\n${ADA}: 550 Mailbox is full`,
      ),
      [{ address: ADA, status: '5.0.0', diagnostic: '550 Mailbox is full' }],
    ],
    [
      'with the status among the words, where its own says nothing',
      saying(`Status: 5.0.0\n${words}smtp; 550 5.1.1 no`),
      [gone],
    ],
    [
      'with its own status, where the words have another',
      saying(`Status: 5.1.1\n${words}smtp; 550 5.7.1 no`),
      [gone],
    ],
    [
      'with words that are folded',
      saying(`${words}smtp;\n 550 User\n\tunknown`),
      [{ status: undefined, diagnostic: '550 User unknown' }],
    ],
    [
      'with words that are folded without indentation',
      saying(`${words}smtp; 550 no such\nuser here`),
      [{ diagnostic: '550 no such user here' }],
    ],
    ['with words without a type', saying(`${words}550 5.1.1 no`), [{ ...gone, diagnostic: '550 5.1.1 no' }]],
    ['with words of another type', saying(`${words}X-Unix; 67`), [{ status: undefined, diagnostic: '67' }]],
    [
      'without the addresses in its words, whose names are no reasons',
      saying(`${words}smtp; 550 5.1.1 <spam@example.com>: RCPT TO:<quota@example.com> refused`),
      [{ diagnostic: '550 5.1.1 <>: RCPT TO:<> refused' }],
    ],
    [
      'for each recipient, and not for those who were sent it',
      dsn(
        `${HEAD}Final-Recipient: rfc822; bob@example.com\nAction: relayed\nStatus: 2.0.0\n\n${FAILED}\nFinal-Recipient: rfc822; eve@example.com\nAction: failed\nStatus: 5.2.2\n`,
      ),
      [gone, { kind: 'transient', address: 'eve@example.com' }],
    ],
    [
      'where blank lines hold blanks',
      dsn(
        `Reporting-MTA: dns; x\n \nFinal-Recipient: rfc822; b@example.org\nAction: delivered\n\t \n${FAILED}`,
      ),
      [gone],
    ],
    ['where no blank line ends what is said of the message', dsn(`Reporting-MTA: dns; x\n${FAILED}`), [gone]],
    [
      'where no blank lines stand between recipients',
      dsn(
        `${HEAD}Original-Recipient: rfc822;x@example.org\nFinal-Recipient: rfc822; bob@example.org\nAction: delivered\nStatus: 2.0.0\nDiagnostic-Code: smtp; 250 ok\n${FAILED}Final-Recipient: rfc822; eve@example.com\nAction: failed\nStatus: 5.2.2\n`,
      ),
      [gone, { address: 'eve@example.com', status: '5.2.2' }],
    ],
    [
      'where a blank line stands within a recipient’s fields',
      dsn(`${HEAD}Final-Recipient: rfc822; ${ADA}\n\nAction: failed\nStatus: 5.1.1\n`),
      [gone],
    ],
    ['where blank lines stand before it', dsn(`\n\n${HEAD}${FAILED}`), [gone]],
    [
      'in base64',
      mailOf('multipart/report', [
        [`${STATUS}\nContent-Transfer-Encoding: base64`, btoa(crlf(HEAD + FAILED)).replace(/.{76}/g, '$&\n')],
      ]),
      [gone],
    ],
    [
      'in quoted-printable',
      mailOf('multipart/report', [
        [
          `${STATUS}\nContent-Transfer-Encoding: quoted-printable`,
          `${HEAD}${FAILED.replace('example', '=65xam=\nple')}`,
        ],
      ]),
      [gone],
    ],
    [
      'of a charset that nobody knows',
      dsn(HEAD + FAILED).replace(STATUS, `${STATUS}; charset=x-none`),
      [gone],
    ],
  ])
})

describe('a bounce is known in the shapes that servers write', () => {
  const folded = dsn(HEAD + FAILED).replace('; boundary', ';\nboundary')
  const wrapped = `From: ${SERVER}\nMessage-ID: <2@gw.example>\nContent-Type: multipart/mixed; boundary=out\n\n--out\n${dsn(HEAD + FAILED)}\n--out\nContent-Type: text/plain\n\nScanned.\n--out--\n`
  table([
    ['with a type folded without indentation', folded, [gone], { mended: true, loose: false }],
    [
      'the same within a gateway’s mail',
      wrapped.replace('; boundary="b"', '\nboundary="b"'),
      [gone],
      { mended: true, loose: true },
    ],
    [
      'with a type that is told twice',
      dsn(HEAD + FAILED).replace('Content-Type:', 'Content-Type: text/plain\nContent-Type:'),
      [gone],
      { mended: true },
    ],
    [
      'with a type that is told twice, the other way round',
      dsn(HEAD + FAILED).replace('boundary="b"', '$&\nContent-Type: text/plain'),
      [gone],
      { mended: false },
    ],
    [
      'with upper-case names',
      dsn(HEAD + FAILED)
        .replace('Content-Type', 'CONTENT-TYPE')
        .replace('multipart/report', 'MULTIPART/REPORT'),
      [gone],
      { loose: false },
    ],
    [
      'with a part whose type is told twice',
      dsn(HEAD + FAILED).replace(STATUS, `text/plain\nContent-Type: ${STATUS}`),
      [gone],
      { mended: true },
    ],
    [
      'after an mbox separator',
      `From MAILER-DAEMON Fri Nov 20 15:00:00 2026\n${dsn(HEAD + FAILED)}`,
      [gone],
      { mended: true },
    ],
    ['after blank lines', `\n\n${dsn(HEAD + FAILED)}`, [gone], { mended: true }],
    [
      'without a blank line after its part’s header',
      dsn(FAILED).replace(`${STATUS}\n\n`, `${STATUS}\n`),
      [gone],
    ],
    [
      'as OpenSMTPD writes it',
      mailOf('multipart/mixed', [[STATUS, HEAD + FAILED]]),
      [gone],
      { about: 'bounce', loose: true },
    ],
    ['wrapped by a gateway', wrapped, [gone], { loose: true }],
  ])

  test('with any line ends', async () => {
    for (const mail of [dsn(HEAD + FAILED), crlf(dsn(HEAD + FAILED))])
      expect(await readReport(new TextEncoder().encode(mail))).toMatchObject({ entries: [gone] })
  })
})

const QMAIL = `Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<${ADA}>:
Sorry, no mailbox here by that name. (#5.1.1)
`
const EXIM = `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ${ADA}
    SMTP error from remote mail server after RCPT TO:<${ADA}>:
    host mx.example.com [192.0.2.1]: 550 5.1.1 <${ADA}>:
    Recipient address rejected: User unknown
`
const copied = `Return-Path: <fb+${TOKEN}@north.example>\nList-Unsubscribe: <${LINK}>\nMessage-ID: <n1@north.example>\n\nHello 5.7.1\n`
const inCopy = { feedback: [TOKEN], unsubscribe: [TOKEN], messageId: '<n1@north.example>' }

describe('a bounce that is written for people is known', () => {
  const loose = { about: 'bounce', loose: true } as const
  table([
    [
      'of qmail',
      plain(`${QMAIL}\n--- Below this line is a copy of the message.\n\n${copied}`),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'of qmail, with more recipients',
      plain(`${QMAIL}\n<eve@example.com>:\nUser is over quota. (#5.2.2)\n`),
      [gone, { kind: 'transient', address: 'eve@example.com', status: '5.2.2' }],
    ],
    [
      'of qmail, with no code',
      plain(QMAIL.replace('(#5.1.1)', '')),
      [
        {
          address: ADA,
          status: undefined,
          diagnostic: '<>:\nSorry, no mailbox here by that name.'.replace('\n', ' '),
        },
      ],
    ],
    [
      'of Exim',
      plain(`${EXIM}\n------ This is a copy of the message, including all the headers. ------\n\n${copied}`),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'of Exim, from a host that never answered',
      plain(EXIM.replace(/SMTP.*unknown/s, 'all hosts for example.com have been failing for a long time')),
      [{ kind: 'transient', address: ADA }],
    ],
    [
      'of Exim, by its own field',
      plain(EXIM, { from: 'Mail <mail@mx.example.net>', fields: `X-Failed-Recipients: ${ADA}\n` }),
      [gone],
    ],
    [
      'of hMailServer',
      plain(
        `Your message did not reach some or all of the intended recipients.

   Sent: Fri, 20 Nov 2026 15:00:00 +0000
   Subject: News of 5.7.1

The following recipient(s) could not be reached:

${ADA}
   Error Type: SMTP
   Remote server (192.0.2.1) issued an error.
   hMailServer sent: RCPT TO:<${ADA}>
   Remote server replied: 550 5.1.1 No such user here

hMailServer
`,
        { from: 'mailer-daemon@example.net' },
      ),
      [gone],
      loose,
    ],
    [
      'of sendmail of old',
      plain(`The original message was received at Fri, 20 Nov 2026 15:00:00 GMT

   ----- The following addresses had permanent fatal errors -----
<${ADA}>

   ----- Transcript of session follows -----
... while talking to mx.example.com.:
>>> RCPT TO:<${ADA}>
<<< 550 5.1.1 User unknown

   ----- Original message follows -----

${copied}`),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'of Gmail of old',
      plain(
        `Delivery to the following recipient failed permanently:

     ${ADA}

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the server for the recipient domain.
The error that the other server returned was:
550 550 5.1.1 <${ADA}>: User unknown

----- Original message -----

${copied}`,
        { from: 'Mail Delivery Subsystem <mailer-daemon@example.net>' },
      ),
      [gone],
      loose,
    ],
    [
      'of Yahoo',
      plain(
        `Sorry, we were unable to deliver your message to the following address.\n\n<${ADA}>:\nRemote host said: 554 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n${copied}`,
      ),
      [gone],
      loose,
    ],
    [
      'of GMX',
      plain(
        `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of\nits recipients. This is a permanent error. The following address failed:\n\n"${ADA}":\nSMTP error from remote server after RCPT command:\nhost: mx.example.com\n5.1.1 unknown user\n\n--- The header of the original message is following. ---\n\n${copied}`,
      ),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'of DragonFly',
      plain(
        `This is the DragonFly Mail Agent v0.9 at mx.example.net.\n\nThere was an error delivering your mail to <${ADA}>.\n\nmx.example.com [192.0.2.1] did not like our RCPT TO:\n550 5.1.1 user unknown\n\nMessage headers follow.\n\n${copied}`,
      ),
      [{ kind: 'permanent', address: undefined, status: '5.1.1' }],
      { ...loose, ...inCopy },
    ],
    [
      'of Postfix, where a gateway left its text alone',
      plain(
        `This is the mail system at host mx.example.net.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<${ADA}>: host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown (in reply\n    to RCPT TO command)\n`,
      ),
      [gone],
      loose,
    ],
    [
      'of Exchange',
      plain(
        `Delivery has failed to these recipients or groups:\n\n${ADA}\nThe email address you entered couldn't be found.\n\nmx.example.net\nRemote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'\n`,
        { from: 'postmaster@example.net' },
      ),
      [gone],
      loose,
    ],
    [
      'as the only part of a report',
      mailOf('multipart/report; report-type=delivery-status', []).replace('It failed.', QMAIL),
      [gone],
      { loose: true },
    ],
    [
      'of OpenSMTPD of old',
      plain(`    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

${ADA}: 550 5.1.1 no

    Below is a copy of the original message:

${copied}`),
      [gone],
      { ...loose, ...inCopy },
    ],
    [
      'and not by what the copied mail says',
      plain(
        `${QMAIL.replace('(#5.1.1)', '')}\n--- Below this line is a copy of the message.\n\nReceived: from x\n\n<eve@example.com>: 550 5.1.1 user unknown\n`,
      ),
      [{ address: ADA, status: undefined }],
    ],
    [
      'and not by a copy that nothing announces',
      plain(`${QMAIL.replace('(#5.1.1)', '')}\nReceived: from x by y\nSubject: 5.1.1\n`),
      [{ status: undefined }],
    ],
    [
      'and does nothing when the server keeps trying',
      plain(
        `This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours. Your message could not be delivered to\n\n  ${ADA}\n\nDelivery attempts will continue. No action is required on your part.\n`,
      ),
      [],
    ],
  ])
})

describe('a complaint is read', () => {
  const feedbackId = `CFBL-Feedback-ID: ${TOKEN}`
  const of = (fields: string, text?: string): Part => ['message/rfc822', original(fields, text)]
  const complaint = { kind: 'complaint', status: 'abuse' }
  const told = { about: 'complaint' as const, feedback: [TOKEN] }
  table([
    [
      'as RFC 5965 has it',
      arf(`${ABUSE}Original-Rcpt-To: <${ADA}>\n`, of(feedbackId)),
      [{ ...complaint, address: ADA }],
      { ...told, loose: false },
    ],
    [
      'as RFC 5965 has it for several',
      arf(`${ABUSE}Original-Rcpt-To: ${ADA}\nOriginal-Rcpt-To: eve@example.com\n`, of(feedbackId)),
      [{ address: ADA }, { address: 'eve@example.com' }],
    ],
    [
      'with a type of another case and a comment',
      arf('feedback-type: Abuse (spam)\n', of(feedbackId)),
      [complaint],
      told,
    ],
    ['after a blank line', arf(`\n\n${ABUSE}`, of(feedbackId)), [complaint], told],
    [
      'in two blocks',
      arf(`Version: 1\nUser-Agent: x\n\nFeedback-Type: abuse\n\nOriginal-Rcpt-To: ${ADA}`, of(feedbackId)),
      [{ ...complaint, address: ADA }],
      told,
    ],
    [
      'by who sent the original',
      arf(`${ABUSE}Original-Mail-From: <fb+${TOKEN}@north.example>\n`, of('X: y')),
      [complaint],
      told,
    ],
    [
      'of Outlook, which says little',
      arf(
        'Feedback-Type: abuse\nUser-Agent: JMRP/1.0\nVersion: 1\n',
        of(`X-HmXmrOriginalRecipient: ${ADA}\n${feedbackId}`),
      ),
      [{ ...complaint, address: ADA }],
      told,
    ],
    [
      'of Microsoft, which is no report',
      mailOf(
        'multipart/mixed',
        [of(`X-HmXmrOriginalRecipient: <${ADA}>\n${feedbackId}`)],
        'staff@hotmail.example',
      ),
      [{ ...complaint, address: ADA }],
      { ...told, loose: true },
    ],
    [
      'with field names in lower case',
      arf(ABUSE, of(feedbackId.toLowerCase().replace(TOKEN.toLowerCase(), TOKEN))),
      [complaint],
      told,
    ],
    [
      'with an mbox separator before the original',
      arf(ABUSE, [
        'message/rfc822',
        `From news@north.example Fri Nov 20 10:00:00 2026\n${original(feedbackId)}`,
      ]),
      [complaint],
      told,
    ],
    [
      'with encoded fields',
      arf(
        ABUSE,
        of(
          `List-Unsubscribe: =?us-ascii?Q?=3Chttps=3A//floe.example/u/${TOKEN}=3E?=\nCFBL-Feedback-ID: =?utf-8?B?${btoa(TOKEN)}?=`,
        ),
      ),
      [complaint],
      { ...told, unsubscribe: [TOKEN] },
    ],
    [
      'with the token on a line of its own',
      arf(ABUSE, of(`CFBL-Feedback-ID:\n ${TOKEN}`)),
      [complaint],
      told,
    ],
    ...[
      'text/rfc822-headers',
      'message/rfc822-headers',
      'text/rfc822',
      'message/global',
      'message/global-headers',
    ].map(
      (type): Row => [
        `with the original as ${type}`,
        arf(ABUSE, [type, original(feedbackId)]),
        [complaint],
        told,
      ],
    ),
    [
      'with a link in the text of the original alone',
      arf(ABUSE, of('Subject: News', `Leave: ${LINK}\n`)),
      [complaint],
      { feedback: [], unsubscribe: [TOKEN] },
    ],
    [
      'with that link in base64',
      arf(
        ABUSE,
        of('Content-Type: text/html\nContent-Transfer-Encoding: base64', btoa(`<a href="${LINK}">leave</a>`)),
      ),
      [complaint],
      { unsubscribe: [TOKEN] },
    ],
    [
      'with that link in quoted-printable',
      arf(
        ABUSE,
        of(
          'Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable',
          `Leave: ${LINK.replace('IQAA', 'IQ=\nAA')}`,
        ),
      ),
      [complaint],
      { unsubscribe: [TOKEN] },
    ],
    [
      'in quoted-printable itself',
      arf('x', of(feedbackId)).replace(
        `${FEEDBACK}\n\nx`,
        `${FEEDBACK}\nContent-Transfer-Encoding: quoted-printable\n\nFeedback-Type: =61buse`,
      ),
      [complaint],
      told,
    ],
    [
      'and says when it had to be mended, since no signature covers that',
      arf(ABUSE, of(feedbackId)).replace('; boundary', ';\nboundary'),
      [complaint],
      { ...told, mended: true },
    ],
  ])
})

describe('nothing is to be done about', () => {
  table([
    ...['delayed', 'relayed', 'delivered', 'expanded', 'delayed (will retry)', 'DELIVERED'].map(
      (action): Row => [`a mail that was ${action}`, saying(`Action: ${action}\nStatus: 5.1.1`), []],
    ),
    ['a mail of which nobody says what became of it', saying('Status: 4.4.1'), []],
    ...['not-spam', 'auth-failure', 'virus', 'other', 'not-spam (abuse)', 'dmarc'].map(
      (type): Row => [
        `feedback that is ${type}`,
        arf(`Feedback-Type: ${type}\nOriginal-Rcpt-To: ${ADA}\n`),
        [],
      ],
    ),
  ])
})

describe('no report is', () => {
  const rows: [what: string, mail: string, why?: string][] = [
    [
      'a read receipt',
      mailOf('multipart/report; report-type=disposition-notification', [
        [
          'message/disposition-notification',
          `Final-Recipient: rfc822; ${ADA}\nDisposition: manual-action/MDN-sent-manually; displayed\n`,
        ],
      ]),
    ],
    [
      'a read receipt whose text sounds like a bounce',
      mailOf('multipart/report; report-type=disposition-notification', [
        ['message/disposition-notification', 'Disposition: automatic-action; deleted\n'],
      ]).replace('It failed.', QMAIL),
    ],
    [
      'a report about TLS',
      mailOf('multipart/report; report-type=tlsrpt', [['application/tlsrpt+gzip', 'x']]),
    ],
    [
      'a report about DMARC',
      mailOf('multipart/mixed', [['application/gzip', 'x']], 'noreply-dmarc@example.net'),
    ],
    [
      'a report in a mail that somebody forwards',
      mailOf('multipart/mixed', [['message/rfc822', inner(dsn(HEAD + FAILED))]], ADA),
    ],
    ['a report in a report', mailOf('multipart/report', [['message/rfc822', inner(dsn(HEAD + FAILED))]])],
    [
      'a complaint of Microsoft’s in a mail that somebody forwards',
      mailOf('multipart/mixed', [
        [
          'message/rfc822',
          inner(
            mailOf('multipart/mixed', [['message/rfc822', original(`X-HmXmrOriginalRecipient: ${ADA}`)]]),
          ),
        ],
      ]),
    ],
    [
      'several mails that somebody forwards',
      mailOf(
        'multipart/mixed',
        Array(2).fill(['message/rfc822', original(`X-HmXmrOriginalRecipient: ${ADA}`)]),
      ),
    ],
    ['a newsletter', plain('Hello', { from: 'news@north.example' })],
    [
      'an answer of somebody on holiday',
      plain('I am away until Monday.', { fields: 'Auto-Submitted: auto-replied\nReturn-Path: <>\n' }),
    ],
    ['a bounce that somebody forwards as text', plain(`See below.\n\n${QMAIL}`, { from: ADA })],
    ['a bounce that a server quotes', plain(`Thank you.\n\n${QMAIL.replace(/^/gm, '> ')}`)],
    ['what a server says first after long words of others', plain(`${'Hello.\n'.repeat(300)}${QMAIL}`)],
    ['a bounce about nobody', dsn('Reporting-MTA: dns; x\n'), 'no_recipient'],
    ['an empty bounce', dsn(''), 'no_recipient'],
    ['feedback of no type', arf('Version: 1\n'), 'no_recipient'],
    ['nothing', ''],
    ['blank lines', '\n'.repeat(1000)],
  ]
  test.for(rows)('%s', async ([, mail, why = 'not_a_report']) => {
    expect(await read(mail)).toEqual({ refused: why })
  })
})

describe('is bounded:', () => {
  const deep = (levels: number) =>
    Array.from(
      { length: levels },
      (_, i) => `--b${i}\nContent-Type: multipart/mixed; boundary=b${i + 1}\n\n`,
    ).join('')
  const rows: [what: string, mail: () => string, expected: object][] = [
    [
      'parts within parts',
      () => `Content-Type: multipart/mixed; boundary=b0\n\n${deep(50)}`,
      { refused: 'malformed' },
    ],
    [
      'a hundred thousand parts',
      () => `${dsn(HEAD + FAILED).replace('--b--\n', '')}${'--b\n\nx\n'.repeat(100_000)}`,
      { entries: [gone] },
    ],
    [
      'a header of a megabyte',
      () => dsn(HEAD + FAILED).replace('Subject: A', `Subject: ${'A'.repeat(1 << 20)}`),
      { refused: 'malformed' },
    ],
    [
      'a status of a megabyte',
      () => saying(`Action: failed\nStatus: 5.1.1\nDiagnostic-Code: ${'x '.repeat(1 << 19)}`),
      { entries: [gone] },
    ],
    ['lines without end', () => plain(`${QMAIL}${'x'.repeat(1 << 20)}`), { entries: [gone] }],
    ['twenty megabytes', () => plain(`${QMAIL}${'a@b.example\n'.repeat(1_750_000)}`), { about: 'bounce' }],
    [
      'parentheses without end',
      () => about(`Final-Recipient: rfc822; ${'('.repeat(100_000)}`),
      { about: 'bounce' },
    ],
    ['recipients without end', () => dsn(FAILED.repeat(3000)), { about: 'bounce' }],
    [
      'a lying charset',
      () => plain(QMAIL, { fields: 'Content-Type: text/plain; charset=utf-16\n' }),
      { refused: 'not_a_report' },
    ],
  ]
  test.for(rows)('%s', async ([, mail, expected]) => {
    const bytes = bytesOf(mail())
    const begin = performance.now()
    const report = await readReport(bytes)
    expect(performance.now() - begin).toBeLessThan(5000)
    expect(report).toMatchObject(expected)
    if ('entries' in report) expect(report.entries.length).toBeLessThanOrEqual(100)
  })
})
