import type { ReportEntry } from './delivery-status.ts'
import { addressIn, type Fields, groupsIn, named, plainValue, withoutComments } from './fields.ts'

/** Feedback types that are complaints. The others say the opposite (`not-spam`), or nothing about the recipient's choice. */
const COMPLAINTS = ['abuse', 'fraud', 'opt-out']

/** The field by which Microsoft names who complained, in the mail it returns. */
const MICROSOFT = 'x-hmxmroriginalrecipient'

/** Returns the fields of a feedback report (RFC 5965), which should be one group and may be several. */
export const feedbackFields = (text: string): Fields => named(groupsIn(text).flat())

/** Returns the complaints in a feedback report, or `nobody` where it has no type. */
export function complaintsIn(feedback: Fields, original: Fields): ReportEntry[] | 'nobody' {
  const type = feedback.get('feedback-type')?.[0]
  if (type === undefined) return 'nobody'
  const status = withoutComments(plainValue(type)).trim().toLowerCase()
  if (!COMPLAINTS.includes(status)) return []
  // Providers often redact the address; the tokens in the mail identify the recipient.
  const named = feedback.get('original-rcpt-to') ?? original.get(MICROSOFT) ?? [undefined]
  return named.map(text => ({ kind: 'complaint', address: addressIn(text), status }))
}

/** Returns the complaint of Microsoft's older kind, which is a mail with the original in it and no feedback report. */
export function microsoftComplaint(original: Fields): ReportEntry[] | undefined {
  const named = original.get(MICROSOFT)
  return named && [{ kind: 'complaint', address: addressIn(named[0]), status: 'abuse' }]
}
