import type { Reason } from '../../core/codes/reason.ts'

/** Where an imported row says who it is about, and why. */
export interface Columns {
  /** Which column holds an address, and which a SHA-256; one at least is there. */
  address: number
  sha256: number
  /** What a row of this file says, from its cells. `undefined`: nothing we know; `not_suppressed`: that it may be mailed. */
  meaning(cells: readonly string[]): Reason | 'not_suppressed' | undefined
}

/** Names compare by letters and digits alone: "Email Address", "EmailAddress" and "email_address" are one. */
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const ADDRESS = ['email', 'emailaddress', 'address', 'recipient', 'subscriber', 'mail']
const SHA256 = ['sha256', 'emailsha256', 'hash', 'emailhash']
const STATUS = ['suppressionreason', 'reason', 'status', 'type']

/** What the words in those columns mean. Anything else leaves the import's own reason. */
const MEANINGS: Record<string, Reason | 'not_suppressed'> = {
  unsubscribed: 'unsubscribed',
  unsubscribe: 'unsubscribed',
  optout: 'unsubscribed',
  optedout: 'unsubscribed',
  objected: 'objected',
  bounced: 'bounced',
  bounce: 'bounced',
  hardbounce: 'bounced',
  cleaned: 'bounced',
  complained: 'complained',
  complaint: 'complained',
  spamcomplaint: 'complained',
  spamreport: 'complained',
  manual: 'manual',
  manualsuppression: 'manual',
  blocklisted: 'manual',
  disabled: 'manual',
  imported: 'imported',
  legal: 'legal',
  subscribed: 'not_suppressed',
  enabled: 'not_suppressed',
  active: 'not_suppressed',
}

/** Columns whose being there says what every row of the file means: exports with a file for each kind of suppression. */
const FILES: { has: string[]; reason: Reason }[] = [
  // Mailchimp: unsubscribed and cleaned members.
  { has: ['unsubtime'], reason: 'unsubscribed' },
  { has: ['cleantime'], reason: 'bounced' },
  // Mailgun: bounces and unsubscribes.
  { has: ['address', 'code', 'error'], reason: 'bounced' },
  { has: ['address', 'tags'], reason: 'unsubscribed' },
  // SendGrid: bounces and spam reports.
  { has: ['status', 'reason', 'email', 'created'], reason: 'bounced' },
  { has: ['ip', 'email', 'created'], reason: 'complained' },
]

/** Returns where the columns of a header are, or undefined when none holds an address or hash. */
export function columnsOf(header: readonly string[]): Columns | undefined {
  const names = header.map(bare)
  const find = (wanted: readonly string[]) =>
    wanted.map(name => names.indexOf(name)).find(place => place >= 0) ?? -1
  const address = find(ADDRESS)
  const sha256 = find(SHA256)
  if (address < 0 && sha256 < 0) return undefined
  const file = FILES.find(({ has }) => has.every(name => names.includes(name)))
  if (file) return { address, sha256, meaning: () => file.reason }
  const status = find(STATUS)
  return {
    address,
    sha256,
    meaning: cells => {
      const word = bare(cells[status] ?? '')
      return Object.hasOwn(MEANINGS, word) ? MEANINGS[word] : undefined
    },
  }
}

/** The columns of a file that has no header: addresses or hashes, one a line. */
export const HEADERLESS: Columns = { address: 0, sha256: -1, meaning: () => undefined }
