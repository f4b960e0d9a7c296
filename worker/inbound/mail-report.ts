import PostalMime, { type Email } from 'postal-mime'
import { toHex } from '../../core/bytes.ts'
import { firstLines } from '../../core/lines.ts'
import { sha256 } from '../../core/sha256.ts'
import { extensionsIn, linksIn, WRITTEN_TO } from './address-tokens.ts'
import { bouncesIn, type ReportEntry, sparedIn } from './delivery-status.ts'
import { complaintsIn, feedbackFields, microsoftComplaint } from './feedback-report.ts'
import { type Fields, fieldsOf, plainValue } from './fields.ts'
import { isFromServer } from './mail-server.ts'
import { mend } from './mend.ts'
import { beforeCopy, plainBounces } from './plain-bounce.ts'
import type { Why } from './refusal.ts'

/** Bytes parsed as a report, whose parts come first; the returned mail follows them. */
export const REPORT_BYTES = 256 * 1024
/** Bytes read of a complaint, since its signature covers the whole: room for a mail with pictures. */
export const SIGNED_BYTES_MAX = 1024 * 1024
/** The largest mail that Email Routing accepts, in bytes. */
export const MAIL_BYTES_MAX = 25 * 1024 * 1024

/** Lines parsed: three times what these bytes hold at the usual 76 characters. */
const LINES_READ = 10_000
/** Most recipients that are looked at. */
export const RECIPIENTS_MAX = 100
/** Nested parts, and bytes of header fields; a report needs three and a few kilobytes. */
const LIMITS = { maxNestingDepth: 8, maxHeadersSize: 64 * 1024 }

/** A report as read from a mail, with the texts in it that may be our tokens. It says what the mail says, whoever wrote it. */
export interface MailReport {
  id: string
  about: 'bounce' | 'complaint'
  entries: ReportEntry[]
  /** Addresses that it names and whose mail did not fail. */
  spared: string[]
  /**
   * Whether it is no multipart/report (RFC 6522) with parts that programs read. Mail servers write such reports, and so does a
   * person who forwards one.
   */
  loose: boolean
  /** Whether its parts were told only after it was mended, so that no signature covers how it is read. */
  mended: boolean
  /** From the address the report was sent to, which is the return path of the original mail. */
  returnPath: string[]
  /** From the feedback ids of the original mail. */
  feedback: string[]
  /** From the List-Unsubscribe field of the original mail, or from its text where no field has a token. */
  unsubscribe: string[]
  /** The Message-ID of the original mail. */
  messageId: string | undefined
}

/** Types of the part with the failures, and of the original mail or its header. */
const STATUS = ['message/delivery-status', 'message/global-delivery-status']
const FEEDBACK = ['message/feedback-report']
const WHOLE = ['message/rfc822', 'message/global']
const ORIGINAL = [
  ...WHOLE,
  'text/rfc822-headers',
  'message/global-headers',
  'message/rfc822-headers',
  'text/rfc822',
]
/** Types of reports that are about something else, whatever their text says. */
const OTHERS = ['message/disposition-notification', 'message/global-disposition-notification']

/**
 * Reads the beginning of a mail as a delivery status notification (RFC 3464), a feedback report (RFC 5965), or as what some
 * servers write instead. Only the mail's own parts count: a report nested in the original mail, or forwarded by somebody as a
 * mail, is ignored.
 */
export async function readReport(bytes: Uint8Array): Promise<MailReport | { refused: Why }> {
  const { bytes: whole, mended } = mend(firstLines(bytes, LINES_READ))
  const mail = await parsed(whole)
  if (!mail) return { refused: 'malformed' }
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value
  const part = (types: string[]) => {
    const found = mail.attachments.find(({ mimeType }) => types.includes(mimeType))
    return typeof found?.content === 'string' ? found.content : undefined
  }
  const text = mail.text ?? ''
  const original = part(ORIGINAL) ?? beforeCopy(text).copy ?? text
  const fields: Fields = fieldsOf(original)[0] ?? new Map()
  const status = part(STATUS)
  const feedback = status === undefined ? feedbackFields(part(FEEDBACK) ?? '') : undefined
  const verdict = verdictOf()
  if (!verdict) return { refused: 'not_a_report' }
  const { about, entries, formal } = verdict
  if (entries === 'nobody') return { refused: 'no_recipient' }
  const field = (name: string) => (fields.get(name) ?? []).map(plainValue)
  const tokens = {
    feedback: [
      ...field('cfbl-feedback-id').filter(text => TOKEN.test(text)),
      ...extensionsIn([...field('return-path'), ...(feedback?.get('original-mail-from') ?? [])]),
    ].slice(0, TOKENS_MAX),
    unsubscribe: field('list-unsubscribe').flatMap(linksIn).slice(0, TOKENS_MAX),
  }
  if (tokens.feedback.length === 0 && tokens.unsubscribe.length === 0)
    tokens.unsubscribe = await linksInText(original)
  return {
    id: mail.messageId ?? toHex(sha256(bytes)),
    about,
    entries: entries.slice(0, RECIPIENTS_MAX),
    spared: status === undefined ? [] : sparedIn(status).slice(0, RECIPIENTS_MAX),
    loose: !formal || !/^\s*multipart\/report\b/i.test(header('content-type') ?? ''),
    mended,
    returnPath: extensionsIn(
      mail.headers.filter(({ key }) => WRITTEN_TO.includes(key)).map(({ value }) => value),
    ),
    ...tokens,
    messageId: fields.get('message-id')?.[0]?.slice(0, 998),
  }

  function verdictOf(): Verdict | undefined {
    if (status !== undefined)
      return { about: 'bounce', entries: bouncesIn(status, plainBounces(text)), formal: true }
    if (part(FEEDBACK) !== undefined)
      return { about: 'complaint', entries: complaintsIn(feedback!, fields), formal: true }
    const wholes = mail!.attachments.filter(({ mimeType }) => WHOLE.includes(mimeType))
    const complaint = wholes.length === 1 ? microsoftComplaint(fields) : undefined
    if (complaint) return { about: 'complaint', entries: complaint, formal: false }
    if (part(OTHERS) !== undefined || !isFromServer(header)) return undefined
    const bounces = plainBounces(text)
    return bounces && { about: 'bounce', entries: bounces, formal: false }
  }
}

interface Verdict {
  about: MailReport['about']
  entries: ReportEntry[] | 'nobody'
  /** Whether a part for programs says so. */
  formal: boolean
}

/** Parses a mail within limits, and keeps the mails in it shut. */
const parsed = (mail: Uint8Array): Promise<Email | undefined> =>
  PostalMime.parse(mail, { ...LIMITS, forceRfc822Attachments: true, attachmentEncoding: 'utf8' }).catch(
    () => undefined,
  )

const TOKENS_MAX = 8
const TOKEN = /^[\w-]{39,50}$/

/** Returns possible tokens from the links in the text of an original mail, whose header some providers cut. */
async function linksInText(original: string): Promise<string[]> {
  const mail = await parsed(firstLines(new TextEncoder().encode(original), LINES_READ))
  return [mail?.text ?? '', mail?.html ?? ''].flatMap(linksIn).slice(0, TOKENS_MAX)
}
