/** The fields that tell a person's mail from an automatic one. */
export interface Envelope {
  /** The return path; empty for mails that take no reply. */
  from: string
  header(name: string): string | null
}

const LISTS = ['list-id', 'list-post', 'list-unsubscribe', 'mailing-list']
const RESPONDERS = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-failed-recipients']
/** Hops that no direct route needs (RFC 5321 §6.3 counts loops from 100). */
const HOPS_MAX = 50

/**
 * Returns why a mail was not written by a person, or undefined where it seems to be. It decides who learns that an address is
 * none of ours: only a person does, since refusing a mail of a machine makes another mail (RFC 3834 §2).
 */
export function automatic({ from, header }: Envelope): 'automatic' | 'loop' | undefined {
  if (header('x-loop') !== null || hasLooped(header)) return 'loop'
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

/** Whether a mail passed more servers than any direct route has. */
export const hasLooped = (header: Envelope['header']): boolean =>
  (header('received') ?? '').split(/\bby\b/i).length > HOPS_MAX

function bracketedIn(from: string): string | undefined {
  const begin = from.indexOf('<')
  const end = from.indexOf('>', begin)
  return begin < 0 || end < 0 ? undefined : from.slice(begin + 1, end)
}
