import PostalMime from 'postal-mime'
import { toHex } from '../../core/bytes.ts'
import { firstLines } from '../../core/lines.ts'
import { sha256 } from '../../core/sha256.ts'
import { extensionsIn, linksIn, WRITTEN_TO } from './address-tokens.ts'
import type { Why } from './refusal.ts'
import { bounceOf, type Report, statusIn } from './report.ts'

/** Bytes parsed as a report, whose parts come first; the returned mail follows them. */
export const REPORT_BYTES = 256 * 1024
/** Bytes read of a complaint, since its signature covers the whole: room for a mail with pictures. */
export const SIGNED_BYTES_MAX = 1024 * 1024
/** The largest mail that Email Routing accepts, in bytes. */
export const MAIL_BYTES_MAX = 25 * 1024 * 1024

/** Lines parsed: three times what these bytes hold at the usual 76 characters. */
const LINES_READ = 10_000
const RECIPIENTS_MAX = 100
/** Nested parts, and bytes of header fields; a report needs three and a few kilobytes. */
const LIMITS = { maxNestingDepth: 8, maxHeadersSize: 64 * 1024 }

/** A report as parsed from a mail (RFC 6522), with the texts in it that may be our tokens. */
export interface MailReport {
  id: string
  about: 'bounce' | 'complaint'
  entries: { kind: Report['kind']; address: string | undefined; status: string | undefined }[]
  /** From the address the report was sent to, which is the return path of the original mail. */
  returnPath: string[]
  /** From the feedback ids of the original mail. */
  feedback: string[]
  /** From the List-Unsubscribe field of the original mail. */
  unsubscribe: string[]
  /** The Message-ID of the original mail. */
  messageId: string | undefined
}

/**
 * Parses the beginning of a mail as a delivery status notification (RFC 3464) or a feedback report (RFC 5965). Only the
 * mail's own parts count: a report nested in the original mail or forwarded by somebody is ignored.
 */
export async function mailReport(bytes: Uint8Array): Promise<MailReport | { refused: Why }> {
  const mail = await PostalMime.parse(firstLines(bytes, LINES_READ), {
    ...LIMITS,
    forceRfc822Attachments: true,
    attachmentEncoding: 'utf8',
  }).catch(() => undefined)
  if (!mail) return { refused: 'malformed' }
  const type = mail.headers.find(({ key }) => key === 'content-type')?.value ?? ''
  if (!/^\s*multipart\/report\s*;/i.test(type)) return { refused: 'not_a_report' }
  const part = (...types: string[]) => {
    const found = mail.attachments.find(({ mimeType }) => types.includes(mimeType))
    return typeof found?.content === 'string' ? found.content : undefined
  }
  const status = part('message/delivery-status', 'message/global-delivery-status')
  const feedback = part('message/feedback-report')
  const entries =
    status !== undefined ? bounces(status) : feedback !== undefined ? complaints(feedback) : undefined
  if (!entries) return { refused: 'not_a_report' }
  if (entries === 'nobody') return { refused: 'no_recipient' }
  const original =
    part('message/rfc822', 'message/global', 'text/rfc822-headers', 'message/global-headers') ??
    mail.text ??
    ''
  const fields = fieldsOf(original)[0] ?? new Map<string, string[]>()
  const field = (name: string) => fields.get(name) ?? []
  const sender = status === undefined ? (fieldsOf(feedback!)[0]?.get('original-mail-from') ?? []) : []
  return {
    id: mail.messageId ?? toHex(sha256(bytes)),
    about: status === undefined ? 'complaint' : 'bounce',
    entries: entries.slice(0, RECIPIENTS_MAX),
    returnPath: extensionsIn(
      mail.headers.filter(({ key }) => WRITTEN_TO.includes(key)).map(({ value }) => value),
    ),
    feedback: [
      ...field('cfbl-feedback-id').filter(text => TOKEN.test(text)),
      ...extensionsIn([...field('return-path'), ...sender]),
    ].slice(0, TOKENS_MAX),
    unsubscribe: field('list-unsubscribe').flatMap(linksIn).slice(0, TOKENS_MAX),
    messageId: field('message-id')[0]?.slice(0, 998),
  }
}

const TOKENS_MAX = 8
const TOKEN = /^[\w-]{39,50}$/

/** Parses the groups of a delivery status: the first is about the message, each other about a recipient. */
function bounces(text: string): MailReport['entries'] | 'nobody' {
  const recipients = fieldsOf(text).filter(
    group => group.has('final-recipient') || group.has('original-recipient'),
  )
  if (recipients.length === 0) return 'nobody'
  // `delayed` is no failure, and `relayed` or `delivered` is a success.
  return recipients
    .filter(group => group.get('action')?.[0]?.toLowerCase() === 'failed')
    .map(group => {
      const status = statusIn(group.get('status')?.[0])
      const named = group.get('original-recipient') ?? group.get('final-recipient')
      return { kind: bounceOf(status), address: addressIn(named?.[0]), status }
    })
}

/** Feedback types that are complaints. The others say the opposite (`not-spam`), or nothing about the recipient's choice. */
const COMPLAINTS = ['abuse', 'fraud', 'opt-out']

function complaints(text: string): MailReport['entries'] | 'nobody' {
  const [fields] = fieldsOf(text)
  const status = fields?.get('feedback-type')?.[0]?.toLowerCase()
  if (!fields || status === undefined) return 'nobody'
  if (!COMPLAINTS.includes(status)) return []
  // Providers often redact the address; the tokens in the mail identify the recipient.
  const named = fields.get('original-rcpt-to') ?? [undefined]
  return named.map(text => ({ kind: 'complaint', address: addressIn(text), status }))
}

/** Returns the address in a field such as `rfc822; ada@example.com`, or in angle brackets. */
const addressIn = (text: string | undefined): string | undefined =>
  text
    ?.replace(/^\s*(?:rfc822|utf-8)\s*;/i, '')
    .trim()
    .replace(/^<(.*)>$/, '$1') || undefined

type Fields = Map<string, string[]>

/** Returns groups of unfolded header fields, separated by empty lines. */
export function fieldsOf(text: string): Fields[] {
  return text
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/(?:\r?\n){2,}/)
    .filter(group => group.trim() !== '')
    .map(group => {
      const fields: Fields = new Map()
      for (const line of group.split(/\r?\n/)) {
        const [, name, value] = /^([\x21-\x39\x3b-\x7e]+):(.*)$/.exec(line) ?? []
        if (name === undefined) continue
        const key = name.toLowerCase()
        const others = fields.get(key)
        if (others) others.push(value!.trim())
        else fields.set(key, [value!.trim()])
      }
      return fields
    })
}
