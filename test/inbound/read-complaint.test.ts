import { describe } from 'vitest'
import {
  ABUSE,
  ADA,
  arf,
  FEEDBACK,
  LINK,
  mailOf,
  original,
  type Part,
  type Row,
  TOKEN,
  table,
} from '../support/report-mail.ts'

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
