import { canonicalAddress } from '../../core/address.ts'
import { DAY_MS } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import { type KeyFinder, latin1Text, verifyDkim } from '../message/dkim.ts'
import { fieldName, fieldsIn, fieldValue } from '../message/mime.ts'
import type { Why } from './refusal.ts'
import { REMEMBERED_MS } from './report.ts'

/**
 * Whose complaints are believed where nothing else is set. Yahoo says which domain signs its reports, for AOL and the others it hosts
 * too, and nobody has a mailbox there.
 */
export const DEFAULT_REPORTERS = 'arf.mail.yahoo.com'

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** Returns the reporters in a setting: domains, or addresses at domains where others have mailboxes. Undefined where one is neither. */
export function parseReporters(text: string): string[] | undefined {
  const reporters = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
  const good = (one: string) => DOMAIN.test(one) || (one.includes('@') && canonicalAddress(one) === one)
  return reporters.every(good) ? reporters : undefined
}

/** What a complaint's signature has to be: whose, and for whom. */
export interface ExpectedReporter {
  reporters: readonly string[]
  /** Where complaints about the workspace's mail are sent. */
  mailbox: string | undefined
  now: number
  find: KeyFinder
}

/** Fields without which a signature leaves open who reports, to whom, when, and where the report's parts begin. */
const COVERED = ['from', 'to', 'date', 'content-type']
const SKEW_MS = DAY_MS
/** RFC 8301 §3.2. */
const RSA_BITS_MIN = 1024

/**
 * Returns what a complaint is known by whose reporter signed it, or why it is not believed. The signature has to be by the domain that
 * the mail is from (RFC 9477 §3.2), over the whole of it, and the mail has to be to the mailbox of the workspace: a report that somebody
 * else was sent, about a mail they wrote themselves with a token of ours in it, is signed too.
 * Throws `inbound.key_unavailable` where nobody can say what its key is.
 */
export async function reporterOf(
  bytes: Uint8Array,
  { reporters, mailbox, now, find }: ExpectedReporter,
): Promise<{ id: string } | { refused: Why }> {
  const raw = latin1Text(bytes).replace(/\r?\n/g, '\r\n')
  const end = raw.indexOf('\r\n\r\n')
  const fields = fieldsIn(raw.slice(0, Math.max(end, 0)))
  const [from, to, date, type] = COVERED.map(name => fields.filter(field => fieldName(field) === name))
  // Of two the signature covers one, and others read the other.
  if ([from, to, date, type].some(list => list!.length !== 1)) return { refused: 'unsigned' }
  const [address] = addressesIn(fieldValue(from![0]!)).slice(-1)
  const domain = address?.split('@')[1]
  if (!domain || !reporters.some(one => one === address || one === domain))
    return { refused: 'unknown_reporter' }
  const reached = addressesIn(fieldValue(to![0]!)).map(withoutTag)
  if (mailbox === undefined || !reached.includes(mailbox.toLowerCase())) return { refused: 'other_mailbox' }
  const at = Date.parse(fieldValue(date![0]!))
  if (!(at > now - REMEMBERED_MS && at < now + SKEW_MS)) return { refused: 'stale' }
  const theirs = (signer: string) =>
    signer === domain || (signer.includes('.') && domain.endsWith(`.${signer}`))
  // No name of the mail's own choice is looked up. A selector may hold what divides it from the domain as well: the last one does.
  const ofTheirs: KeyFinder = async name => (theirs(name.split('._domainkey.').at(-1)!) ? find(name) : null)
  const signatures = await verifyDkim(fields, raw.slice(end + 4), ofTheirs, now)
  const whole = signatures.filter(
    ({ domain, covers, partial, bits = RSA_BITS_MIN }) =>
      theirs(domain) && !partial && bits >= RSA_BITS_MIN && COVERED.every(name => covers.includes(name)),
  )
  const good = whole.find(({ result }) => result === 'pass')
  // By its body, which the signature covers: a Message-ID might be anybody's.
  if (good) return { id: `${good.domain} ${good.bodyHash}` }
  if (whole.some(({ result }) => result === 'unknown')) throw new Fault({ code: 'inbound.key_unavailable' })
  return { refused: 'unsigned' }
}

/** Returns the addresses in a field, in lower case, wherever names and comments stand. */
const addressesIn = (value: string): string[] =>
  value.toLowerCase().match(/[^\s<>()[\]",;:@]{1,64}@[a-z0-9.-]{1,253}/g) ?? []

/** Returns an address without what stands behind a plus sign in it. */
function withoutTag(address: string): string {
  const [local = '', domain] = address.split('@')
  return `${local.split('+', 1)[0]}@${domain}`
}
