import { describe, expect, test } from 'vitest'
import { readReport } from '../../worker/inbound/mail-report.ts'
import {
  ADA,
  about,
  crlf,
  dsn,
  FAILED,
  gone,
  HEAD,
  mailOf,
  type Row,
  SERVER,
  STATUS,
  saying,
  table,
} from '../support/report-mail.ts'

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
      [{ address: ADA, status: '5.1.1' }],
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
