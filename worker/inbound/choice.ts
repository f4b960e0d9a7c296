import { latin1Text } from '../message/dkim.ts'
import { hasLooped } from './automatic.ts'
import { beginningOf } from './beginning.ts'
import { REPORT_BYTES } from './mail-report.ts'

/** Types of a report, or of a part that makes a mail one (RFC 3464, 6533, 5965, 8098). */
const REPORT =
  /\bmultipart\/report\b|\bmessage\/(?:(?:global-)?(?:delivery-status|disposition-notification)|feedback-report)\b/i
/** The first part that is a message of any type: a report says what it says before the mail it is about. */
const MESSAGE_PART = /^content-type:[ \t]*(?:\r?\n[ \t]+)?(message\/[\w-]+)/im
const MAILER = /(?:^|[\s<"])mailer-daemon\b/i

/**
 * Returns why a mail to an unsubscribe address of ours is not its recipient's choice, or undefined where it is one.
 *
 * The token in the address is proof enough, whatever the mail says of itself: an automatic reply goes to From or to the return
 * path (RFC 3834 §4) and never to the address of a List-Unsubscribe field, whereas mail programs mark the mail they write for
 * their user as automatic (Apple's says `auto-replied`), send it without a return path, or through gateways that add fields of
 * lists and loops. Only a report is none, which comes to such an address where a sender took it for a return path, nor a mail
 * that goes round.
 */
export async function noChoice({
  headers,
  raw,
}: Pick<ForwardableEmailMessage, 'headers' | 'raw'>): Promise<'automatic' | 'loop' | undefined> {
  if (hasLooped(name => headers.get(name))) return 'loop'
  const type = headers.get('content-type') ?? ''
  if (REPORT.test(type)) return 'automatic'
  // Bounces in plain text.
  if (headers.get('x-failed-recipients') !== null || MAILER.test(headers.get('from') ?? ''))
    return 'automatic'
  if (!/\bmultipart\//i.test(type)) return undefined
  const part = MESSAGE_PART.exec(latin1Text(await beginningOf(raw, REPORT_BYTES)))?.[1]
  return part !== undefined && REPORT.test(part) ? 'automatic' : undefined
}
