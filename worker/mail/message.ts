import { toBase64 } from '../../core/bytes.ts'
import type { Mail } from '../../core/mailer.ts'
import { mailboxField, mailDate, textField } from './header.ts'

/** No line of base64 begins like it. */
const BOUNDARY = '=_floe'
const encoder = new TextEncoder()

/**
 * Returns a mail as it goes over the wire (RFC 5322, RFC 2046 multipart/alternative), its bodies in base64 so that no line is
 * too long and no server on the way has a reason to rewrite one.
 *
 * The libraries that build messages want Node's streams and buffers, or write headers that do not fold; this is two bodies
 * and ten fields.
 */
export function messageOf(mail: Mail): string {
  return [
    mailboxField('From', mail.from),
    `To: <${mail.to}>`,
    textField('Subject', mail.subject),
    `Date: ${mailDate(mail.at)}`,
    `Message-ID: <${mail.messageId}>`,
    ...Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${BOUNDARY}"`,
    '',
    ...part('text/plain', mail.text),
    ...part('text/html', mail.html),
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n')
}

const part = (type: string, text: string): string[] => [
  `--${BOUNDARY}`,
  `Content-Type: ${type}; charset=utf-8`,
  'Content-Transfer-Encoding: base64',
  '',
  // A text's line ends are CRLF before it is encoded (RFC 2045 §6.8).
  ...(toBase64(encoder.encode(text.replace(/\r?\n/g, '\r\n'))).match(/.{1,76}/g) ?? []),
]
