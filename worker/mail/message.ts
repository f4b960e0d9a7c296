import { toBase64 } from '../../core/bytes.ts'
import type { Mail } from '../../core/mailer.ts'
import { mailboxField, mailDate, textField } from './header.ts'

/** Contains characters that base64 does not have. */
const BOUNDARY = '=_floe'
const encoder = new TextEncoder()

/**
 * Returns a mail in its transmitted form (RFC 5322, RFC 2046 multipart/alternative). The bodies are in base64, so that no
 * line is too long and no server on the way rewrites one.
 *
 * Own code, since the libraries that build messages need Node's streams and buffers, or write fields they do not fold.
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
  // Line ends of a text are CRLF before encoding (RFC 2045 §6.8).
  ...(toBase64(encoder.encode(text.replace(/\r?\n/g, '\r\n'))).match(/.{1,76}/g) ?? []),
]
