import { bounceOf } from '../../core/bounce.ts'
import { REASONS, type Reason } from '../../core/codes/reason.ts'
import type { ColumnUse } from './import-api.ts'
import { bare, FLAG_COLUMNS, flagOf, type Meaning, meaningOf, words } from './meanings.ts'
import { type OwnRow, ownRows, type Target } from './own-row.ts'
import type { DateOrder } from './time.ts'
import { type TimeColumns, timesIn } from './time-columns.ts'

/** The columns of an imported file that hold recipient and reason. */
export interface Columns {
  /** Columns of the address, of its SHA-256 and of its address id, -1 for none; there is at least one. */
  address: number
  sha256: number
  addressId: number
  /** Returns what a row's cells say; undefined where they say nothing, which leaves the import's own reason. */
  meaning(cells: readonly string[]): Meaning | undefined
  times: TimeColumns
  /** The reason that its kind of file gives every row. */
  reason?: Reason | undefined
  /** What its columns are taken for, by their places. One may be two things; a column that is not here is ignored. */
  uses: readonly Use[]
  /** Returns what a row of an export of Floe's is; undefined in other files. */
  own: ((cells: readonly string[], target: Target) => OwnRow) | undefined
}

/** Columns that the sender names: by heading, or by place, counted from 1. */
export interface NamedColumns {
  addressColumn?: string | undefined
  reasonColumn?: string | undefined
  timeColumn?: string | undefined
  /** Which number of its dates comes first, where they do not tell. */
  dateOrder?: DateOrder | undefined
}

/** Headings of the address, the surest first, in the languages that Floe speaks. */
const ADDRESS =
  words(`email email_address e-mail_addresses emails contact_email subscriber_email recipient_email member_email
  customer_email user_email primary_email email_primary e-mail_1-value e-mail_1 email1 email_id emailid work_email
  e-mail-adresse e-mail_adresse emailadresse mailadresse adresse_e-mail adresse_email adresse_électronique adresse_mail courriel
  courrier_électronique correo_electrónico correo dirección_de_correo_electrónico dirección_de_correo dirección_de_email
  indirizzo_email indirizzo_e-mail indirizzo_di_posta_elettronica posta_elettronica endereço_de_e-mail endereço_de_email
  endereço_eletrônico e-mailadres mailadres adres_e-mail adres_email adres_poczty_elektronicznej
  メールアドレス eメール eメールアドレス 電子メール 電子メールアドレス メール
  البريد_الإلكتروني البريد_الالكتروني عنوان_البريد_الإلكتروني الإيميل
  address mail_address mail recipient subscriber`)
const SHA256 = words('sha256 email_sha256 sha256_email address_sha256 sha-256 hash email_hash')
const ADDRESS_ID = words('address_id')
/** Columns of states: their words are known, or the line is refused. */
export const STATUS =
  words(`suppression_reason status email_status subscription_status subscriber_status subscribe_status member_status
  contact_status list_status consent email_marketing_consent email_marketing marketing_consent email_marketing_status consent_status
  marketing_status email_subscription_status bounce_type suppression_type zustand statut ステータス type event`)
/** Columns of anybody's words: what is not known there says nothing. */
const FREE = words('reason unsub_reason grund motif motivo raison powód 理由')

/** Columns that identify an export of one kind of suppression, which is then the reason of every row. */
const FILES: { has: string[]; only?: true; reason: Reason }[] = [
  // Mailchimp: unsubscribed and cleaned members.
  { has: ['unsubtime'], reason: 'unsubscribed' },
  { has: ['cleantime'], reason: 'bounced' },
  // Mailgun: bounces and unsubscribes.
  { has: ['address', 'code', 'error'], reason: 'bounced' },
  { has: ['address', 'tags'], reason: 'unsubscribed' },
  // SendGrid: spam reports. With further columns it is a list of anybody's, such as of sign-ups.
  { has: ['ip', 'email', 'created'], only: true, reason: 'complained' },
]

/** Returns the kind of file that a header shows. One with a surer column of the address has postal ones, and tags, in these. */
const fileOf = (names: readonly string[]) =>
  FILES.find(
    ({ has, only }) =>
      has.every(name => names.includes(name)) &&
      (!only || names.length === has.length) &&
      (!has.includes('address') || ADDRESS.find(name => names.includes(name)) === 'address'),
  )

/** Columns that only a list of subscribers has. */
const OF_SUBSCRIBERS =
  words(`optin_time confirm_time member_rating subscribed_at subscribed_on subscribed_date subscribe_date
  subscription_date opt-in_date opt-in_timestamp opted_in_at confirmed_at double_opt-in`)

/** SendGrid writes bounces and blocks with the same columns. */
const SENDGRID = ['status', 'reason', 'email', 'created']
/** Postmark calls it the same whether a recipient left or its customer took them out; `Origin` tells. */
const POSTMARK = ['suppressionreason', 'origin']

/**
 * Returns the columns of a header, or undefined where none holds an address, hash or address id, or one that is named is not there.
 * With `isLine` they are those of one line of JSON, which may lack the time.
 */
export function columnsOf(
  header: readonly string[],
  named: NamedColumns = {},
  isLine = false,
): Columns | undefined {
  const names = header.map(bare)
  const find = (wanted: readonly string[]) =>
    wanted.map(name => names.indexOf(name)).find(place => place >= 0) ?? -1
  const address = named.addressColumn === undefined ? find(ADDRESS) : placeOf(named.addressColumn, names)
  const [sha256, addressId] = [find(SHA256), find(ADDRESS_ID)]
  const isNamed = named.addressColumn !== undefined
  if (address < 0 && (isNamed || (sha256 < 0 && addressId < 0))) return undefined
  const reason = named.reasonColumn === undefined ? undefined : placeOf(named.reasonColumn, names)
  if (reason === -1) return undefined
  const time = named.timeColumn === undefined ? undefined : placeOf(named.timeColumn, names)
  if (time === -1 && !isLine) return undefined
  const times = timesIn(names, time, named.dateOrder)
  const meanings = reason === undefined ? meaningsIn(names) : meaningAt(names, reason)
  const own = ownRows(names)
  const uses: Use[] = [
    [address, 'address'],
    [sha256, 'sha256'],
    [addressId, 'address_id'],
    ...meanings.uses,
    ...times.places.map((place): Use => [place, 'time']),
    ...(own ? REACH.map((name): Use => [names.indexOf(name), 'reach']) : []),
  ]
  return { address, sha256, addressId, ...meanings, times, uses, own }
}

/** What rows say, and in which columns. */
type Meanings = Pick<Columns, 'meaning' | 'reason' | 'uses'>
type Use = readonly [place: number, as: ColumnUse]

/** Returns what a row says in the one column that the sender named. */
function meaningAt(names: readonly string[], place: number): Meanings {
  const flag = FLAG_COLUMNS.get(names[place] ?? '')
  const meaning: Columns['meaning'] = (cells, cell = cells[place] ?? '') =>
    flag ? flagOf(cell, flag) : stateOf(cell)
  return { meaning, uses: [[place, flag ? 'flag' : 'reason']] }
}

/** Returns what a row says in all its columns together: the strongest reason, so that no denial is lost to a kinder word. */
function meaningsIn(names: readonly string[]): Meanings {
  if (SENDGRID.every(name => names.includes(name))) {
    const [status, reason] = [names.indexOf('status'), names.indexOf('reason')]
    return {
      meaning: cells =>
        bounceOf(cells[status], cells[reason]) === 'permanent' ? 'bounced' : 'not_suppressed',
      uses: [
        [status, 'status'],
        [reason, 'reason'],
      ],
    }
  }
  if (saysSubscribed(names)) return { meaning: () => 'not_suppressed', uses: [] }
  const file = fileOf(names)?.reason
  const uses = names.flatMap((name, place): Use[] => {
    const as = useOf(name)
    return as ? [[place, as]] : []
  })
  const readers = uses.map(([place, as]) => {
    const flag = FLAG_COLUMNS.get(names[place]!)!
    return as === 'flag' ? (cell: string) => flagOf(cell, flag) : as === 'status' ? stateOf : meaningOf
  })
  const hasFlags = names.some(name => FLAG_COLUMNS.has(name))
  const [suppressed, origin] = POSTMARK.map(name => names.indexOf(name)) as [number, number]
  const isPostmark = suppressed >= 0 && origin >= 0
  const chose = (cells: readonly string[]): Meaning | undefined =>
    isPostmark &&
    bare(cells[suppressed] ?? '') === 'manualsuppression' &&
    bare(cells[origin] ?? '') === 'recipient'
      ? 'unsubscribed'
      : undefined
  const meaning: Columns['meaning'] = cells => {
    const said: (Meaning | undefined)[] = []
    const kinds: string[] = []
    // A header may have thousands of columns, and each of its lines one cell.
    for (let i = 0; i < uses.length && uses[i]![0] < cells.length; i++) {
      const cell = cells[uses[i]![0]]!
      said.push(readers[i]!(cell))
      if (uses[i]![1] === 'status') kinds.push(bare(cell))
    }
    // "bounced" in one column and "soft" in another is no denial: mail failed for now.
    const isSoft = kinds.some(kind => SOFT.test(kind)) && !kinds.some(kind => HARD.test(kind))
    const denials = isSoft ? said.filter(meaning => meaning !== 'bounced') : said
    return strongest([file, chose(cells), ...denials]) ?? (hasFlags ? 'not_suppressed' : undefined)
  }
  return { meaning, reason: file, uses: isPostmark ? [...uses, [origin, 'reason']] : uses }
}

/** Returns how a column says why, by its name; undefined where it does not. */
const useOf = (name: string): 'flag' | 'status' | 'reason' | undefined =>
  FLAG_COLUMNS.has(name)
    ? 'flag'
    : STATUS.includes(name)
      ? 'status'
      : FREE.includes(name)
        ? 'reason'
        : undefined

const SOFT = /^(?:soft|transient|temporary)/
const HARD = /^(?:hard|permanent)/

const stateOf = (cell: string): Meaning | undefined =>
  bare(cell) === '' ? undefined : (meaningOf(cell) ?? 'unknown_status')

function strongest(said: readonly (Meaning | undefined)[]): Meaning | undefined {
  const rank = (meaning: Meaning) =>
    meaning === 'not_suppressed' ? 98 : meaning === 'unknown_status' ? 99 : REASONS[meaning]
  let best: Meaning | undefined
  for (const meaning of said)
    if (meaning !== undefined && (best === undefined || rank(meaning) < rank(best))) best = meaning
  return best
}

function saysSubscribed(names: readonly string[]): boolean {
  return names.some(name => OF_SUBSCRIBERS.includes(name)) && !names.some(useOf) && !fileOf(names)
}

/** Whether a header is one of a list of subscribers, which says nothing of who left it. */
export const isOfSubscribers = (header: readonly string[]): boolean => saysSubscribed(header.map(bare))

/** The columns of a file without a header: one address or hash a line, or in the places that the sender names. */
export function headerless({ addressColumn, reasonColumn, timeColumn, dateOrder }: NamedColumns): Columns {
  const placed = (named: string | undefined) =>
    named === undefined ? undefined : placeOf(named, [], Number.POSITIVE_INFINITY)
  const [reason, time] = [placed(reasonColumn), placed(timeColumn)]
  // A heading that is named is in no such file.
  const address = reason === -1 || time === -1 ? -1 : (placed(addressColumn) ?? 0)
  // No heading tells which cell says why, but one that says that its person may be mailed is believed.
  const anywhere: Meanings = {
    meaning: cells => cells.map(meaningOf).find(meaning => meaning === 'not_suppressed'),
    uses: [],
  }
  const meanings = reason === undefined ? anywhere : meaningAt([], reason)
  const times = timesIn([], time, dateOrder)
  const uses: Use[] = [
    [address, 'address'],
    ...meanings.uses,
    ...times.places.map((place): Use => [place, 'time']),
  ]
  return { address, sha256: -1, addressId: -1, ...meanings, times, uses, own: undefined }
}

/** Columns of an export of Floe's that say how far a row reaches, for what and how long. */
const REACH = ['scope', 'topic', 'until', 'purpose']

/** Returns the place of a column that the sender named, or -1 where a header of that width has none. */
function placeOf(named: string, names: readonly string[], width = names.length): number {
  const place = names.indexOf(bare(named))
  if (place >= 0 || !/^[1-9]\d?$/.test(named)) return place
  const counted = Number(named) - 1
  return counted < width ? counted : -1
}
