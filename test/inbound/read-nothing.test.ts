import { describe, expect, test } from 'vitest'
import { readReport } from '../../worker/inbound/mail-report.ts'
import {
  ADA,
  about,
  arf,
  bytesOf,
  dsn,
  FAILED,
  gone,
  HEAD,
  inner,
  mailOf,
  original,
  plain,
  QMAIL,
  type Row,
  read,
  saying,
  table,
} from '../support/report-mail.ts'

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
      'twenty thousand parts',
      () => `${dsn(HEAD + FAILED).replace('--b--\n', '')}${'--b\n\nx\n'.repeat(20_000)}`,
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
    const report = await readReport(bytes)
    expect(report).toMatchObject(expected)
    if ('entries' in report) expect(report.entries.length).toBeLessThanOrEqual(100)
  })
})
