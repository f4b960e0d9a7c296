import type { Reason } from '../../core/codes/reason.ts'

/** The columns of an imported file that hold recipient and reason. */
export interface Columns {
  /** Columns of the address and of its SHA-256, -1 for none; there is at least one. */
  address: number
  sha256: number
  /** Returns the reason in a row's cells. `undefined`: none is known; `not_suppressed`: the row may be mailed. */
  meaning(cells: readonly string[]): Reason | 'not_suppressed' | undefined
}

/** Names compare by letters and digits alone, so that "Email Address" and "email_address" are equal. */
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const ADDRESS = ['email', 'emailaddress', 'address', 'recipient', 'subscriber', 'mail']
const SHA256 = ['sha256', 'emailsha256', 'hash', 'emailhash']
const STATUS = ['suppressionreason', 'reason', 'status', 'type']

/** Reasons by the words of these columns; any other word leaves the import's own reason. */
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

/** Columns that identify an export of one kind of suppression, which is then the reason of every row. */
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

/** Returns the columns of a header, or undefined where none holds an address or hash. */
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

/** The columns of a file without a header: one address or hash a line. */
export const HEADERLESS: Columns = { address: 0, sha256: -1, meaning: () => undefined }
