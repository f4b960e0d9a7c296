import { expect, test } from 'vitest'
import { bounceOf } from '../../core/bounce.ts'
import { type MailReport, readReport } from '../../worker/inbound/mail-report.ts'

/** 39 characters, as a token has; nobody asks here whose it is. */
export const TOKEN = 'IQAAAAEAPKnBBGFN2YEfC7cQj9J0YUxTLGf0Bhw'
export const LINK = `https://floe.example/u/${TOKEN}`
export const ADA = 'ada@example.com'
export const SERVER = 'Mail Delivery System <MAILER-DAEMON@mx.example.net>'

export const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')
export const bytesOf = (text: string) => new TextEncoder().encode(crlf(text))
export const read = (text: string) => readReport(bytesOf(text))

/** A part of a mail: its type, with more fields where it has some, and its text. */
export type Part = [type: string, text: string]

export const mailOf = (type: string, parts: Part[], from = SERVER) => `From: ${from}
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

export const STATUS = 'message/delivery-status'
export const FEEDBACK = 'message/feedback-report'
export const HEAD = 'Reporting-MTA: dns; mx.example.net\n\n'
export const FAILED = `Final-Recipient: rfc822; ${ADA}\nAction: failed\nStatus: 5.1.1\n`

export const dsn = (fields: string, ...more: Part[]) =>
  mailOf('multipart/report; report-type=delivery-status', [[STATUS, fields], ...more])
/** A failure whose recipient is told in other fields. */
export const about = (fields: string) => dsn(`${HEAD}${fields}\nAction: failed\nStatus: 5.1.1\n`)
/** A failure of a known recipient, told in other fields. */
export const saying = (fields: string) => dsn(`${HEAD}Final-Recipient: rfc822; ${ADA}\n${fields}\n`)
export const arf = (fields: string, ...more: Part[]) =>
  mailOf('multipart/report; report-type=feedback-report', [[FEEDBACK, fields], ...more])
export const ABUSE = 'Feedback-Type: abuse\nVersion: 1\n'
export const original = (fields: string, text = 'Hello') =>
  `From: North <news@north.example>\nMessage-ID: <n1@north.example>\n${fields}\n\n${text}\n`
export const plain = (text: string, { from = SERVER, fields = '' } = {}) => `From: ${from}
To: fb@north.example
Message-ID: <1@mx.example.net>
Subject: failure notice
${fields}
${text}
`

export interface Told {
  kind?: string
  address?: string | undefined
  status?: string | undefined
  diagnostic?: string
}
export type Row = [what: string, mail: string, entries: Told[], more?: Partial<MailReport>]

/** A mail as it stands within another, whose parts end otherwise. */
export const inner = (mail: string) => mail.replace('boundary="b"', 'boundary="in"').replace(/^--b/gm, '--in')

export const gone = { kind: 'permanent', address: ADA, status: '5.1.1' }

/** Reads the rows, and expects that a bounce's kind is what its status and its words say. */
export function table(rows: Row[]) {
  test.for(rows)('%s', async ([, mail, entries, more = {}]) => {
    const report = await read(mail)
    expect(report).toMatchObject({ entries, ...more })
    for (const { kind, status, diagnostic } of (report as MailReport).entries)
      if (kind !== 'complaint') expect(kind).toBe(bounceOf(status, diagnostic))
  })
}

export const QMAIL = `Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<${ADA}>:
Sorry, no mailbox here by that name. (#5.1.1)
`
export const EXIM = `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ${ADA}
    SMTP error from remote mail server after RCPT TO:<${ADA}>:
    host mx.example.com [192.0.2.1]: 550 5.1.1 <${ADA}>:
    Recipient address rejected: User unknown
`
export const copied = `Return-Path: <fb+${TOKEN}@north.example>\nList-Unsubscribe: <${LINK}>\nMessage-ID: <n1@north.example>\n\nHello 5.7.1\n`
export const inCopy = { feedback: [TOKEN], unsubscribe: [TOKEN], messageId: '<n1@north.example>' }
