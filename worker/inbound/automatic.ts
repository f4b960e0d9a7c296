/** What of a mail is looked at to tell whether a person's act is behind it. */
export interface Envelope {
  /** The return path; empty for mails that want no answer. */
  from: string
  header(name: string): string | null
}

const LISTS = ['list-id', 'list-post', 'list-unsubscribe', 'mailing-list']
const RESPONDERS = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-failed-recipients']
/** More servers than any way from a person to us has (RFC 5321 §6.3 counts loops from 100; ours are never so far). */
const HOPS_MAX = 50

/**
 * Returns why a mail to an unsubscribe address is not a person's wish, or undefined when it is one.
 *
 * Mail programs write these mails by themselves when their user presses the button, and some mark them as automatic. So `Auto-Submitted:
 * auto-generated` alone is a wish; what is ignored is an answer to a mail (RFC 3834 §5: `auto-replied`, an empty return path, an
 * automatic mail that refers to another), a report, and whatever came over a list or in a circle.
 */
export function automatic({ from, header }: Envelope): 'automatic' | 'loop' | undefined {
  if (header('x-loop') !== null || (header('received') ?? '').split(/\bby\b/i).length > HOPS_MAX)
    return 'loop'
  if (LISTS.some(name => header(name) !== null)) return 'loop'
  const returnPath = bracketedIn(from) ?? from.trim()
  if (returnPath === '' || /^(?:mailer-daemon|postmaster)@/i.test(returnPath)) return 'automatic'
  if (header('return-path')?.trim() === '<>') return 'automatic'
  if (/^\s*multipart\/report\b/i.test(header('content-type') ?? '')) return 'automatic'
  if (RESPONDERS.some(name => header(name) !== null)) return 'automatic'
  if (/^\s*(?:bulk|junk|list|auto_reply)\b/i.test(header('precedence') ?? '')) return 'automatic'
  const submitted = /^\s*([a-z-]+)/i.exec(header('auto-submitted') ?? '')?.[1]?.toLowerCase() ?? 'no'
  if (submitted === 'no') return undefined
  const answers = header('in-reply-to') !== null || header('references') !== null
  return submitted === 'auto-generated' && !answers ? undefined : 'automatic'
}

function bracketedIn(from: string): string | undefined {
  const begin = from.indexOf('<')
  const end = from.indexOf('>', begin)
  return begin < 0 || end < 0 ? undefined : from.slice(begin + 1, end)
}
