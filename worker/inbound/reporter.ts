import { canonicalAddress } from '../../core/address.ts'
import { DAY_MS } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import { type KeyFinder, latin1Text, verifyDkim } from '../message/dkim.ts'
import { fieldName, fieldsIn, fieldValue } from '../message/mime.ts'
import type { Why } from './refusal.ts'
import { REMEMBERED_MS } from './report.ts'

/**
 * Reporters trusted by default. Yahoo publishes the domain that signs its reports, also those for AOL and other hosted
 * domains; nobody has a mailbox there.
 */
export const DEFAULT_REPORTERS = 'arf.mail.yahoo.com'

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * Parses the setting of trusted reporters: domains, or single addresses at domains where others have mailboxes. Undefined
 * where an entry is neither.
 */
export function parseReporters(text: string): string[] | undefined {
  const reporters = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
  const good = (one: string) => DOMAIN.test(one) || (one.includes('@') && canonicalAddress(one) === one)
  return reporters.every(good) ? reporters : undefined
}

/** The signer and the mailbox that a complaint must have. */
export interface ExpectedReporter {
  reporters: readonly string[]
  /** The mailbox for complaints about the workspace's mail. */
  mailbox: string | undefined
  now: number
  find: KeyFinder
}

/** Fields that a signature must cover: without them reporter, recipient, date or part boundaries could be forged. */
const COVERED = ['from', 'to', 'date', 'content-type']
const SKEW_MS = DAY_MS
/** RFC 8301 §3.2. */
const RSA_BITS_MIN = 1024

/**
 * Returns the id of a complaint signed by its reporter, or why it is refused. The signature must be of the From domain (RFC
 * 9477 §3.2) and cover the whole mail, which must be addressed to the workspace's mailbox. Otherwise a sender could report
 * its own mail with our token in it, and pass on the signed report it is sent. Throws `inbound.key_unavailable` where the key
 * cannot be looked up.
 */
export async function reporterOf(
  bytes: Uint8Array,
  { reporters, mailbox, now, find }: ExpectedReporter,
): Promise<{ id: string } | { refused: Why }> {
  const raw = latin1Text(bytes).replace(/\r?\n/g, '\r\n')
  const end = raw.indexOf('\r\n\r\n')
  const fields = fieldsIn(raw.slice(0, Math.max(end, 0)))
  const [from, to, date, type] = COVERED.map(name => fields.filter(field => fieldName(field) === name))
  // With two fields of a name, the signature could cover one while readers show the other.
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
  // Only names of the reporter's domain are looked up, never one of the mail's choice. A selector may contain `._domainkey.`
  // itself, so the last one separates.
  const ofTheirs: KeyFinder = async name => (theirs(name.split('._domainkey.').at(-1)!) ? find(name) : null)
  const signatures = await verifyDkim(fields, raw.slice(end + 4), ofTheirs, now)
  const whole = signatures.filter(
    ({ domain, covers, partial, bits = RSA_BITS_MIN }) =>
      theirs(domain) && !partial && bits >= RSA_BITS_MIN && COVERED.every(name => covers.includes(name)),
  )
  const good = whole.find(({ result }) => result === 'pass')
  // The body hash is signed; a Message-ID could be copied from another mail.
  if (good) return { id: `${good.domain} ${good.bodyHash}` }
  if (whole.some(({ result }) => result === 'unknown')) throw new Fault({ code: 'inbound.key_unavailable' })
  return { refused: 'unsigned' }
}

/** Returns the addresses in a field, in lower case, without names and comments. */
const addressesIn = (value: string): string[] =>
  value.toLowerCase().match(/[^\s<>()[\]",;:@]{1,64}@[a-z0-9.-]{1,253}/g) ?? []

/** Returns an address without its plus tag. */
function withoutTag(address: string): string {
  const [local = '', domain] = address.split('@')
  return `${local.split('+', 1)[0]}@${domain}`
}
