import { toHex } from '../../core/bytes.ts'
import { BASIS_NAMES } from '../../core/codes/basis.ts'
import { recipientIn } from '../../worker/suppression/cell.ts'
import { columnsOf } from '../../worker/suppression/columns.ts'
import { bare, words } from '../../worker/suppression/meanings.ts'
import { checked, type Given, type ReadConsent } from './consent-entry.ts'
import { isYesOrNo, type Standing, standingIn } from './consent-standing.ts'
import { type KnownTime, type TimeFault, timeOf } from './consent-time.ts'
import { Usage } from './usage-error.ts'

/** The columns of a file of consents. */
export interface ConsentColumns {
  /** Each column, and what it is taken for; undefined for one that is left out. */
  taken: { heading: string; as: string | undefined }[]
  /** Reads a row. Nothing is made up that is neither in the row nor given. */
  read(cells: readonly string[]): ReadConsent
}

/** Headings of each part of a consent, the surest first. A consent has one moment; files hold up to two, a form's and its confirmation's. */
const HEADINGS = {
  topic: words('topic'),
  basis: words("basis legal_basis lawful_basis legal_basis_for_processing_contact's_data"),
  at: words('at'),
  confirmedAt:
    words(`confirm_time confirmed_at confirmed_on confirmation_time confirmation_date confirm_timestamp double_opt-in_at
    double_opt-in_time double_opt-in_date double_opt-in`),
  optedInAt:
    words(`optin_time opt-in_date opt-in_timestamp opted_in_at opted_in_date subscribed_at subscribed_on subscribed_date
    subscribe_date subscription_date date_subscribed sdate consent_timestamp consent_date consent_time consented_at
    email_marketing_consent_timestamp email_consent_timestamp marketing_consent_timestamp signup_date signup_time signed_up_at
    subscribed`),
  expiresAt: words('expires_at consent_expires_at consent_expiry expiry_date'),
  ip: words('ip'),
  confirmedFrom: words('confirm_ip confirmation_ip double_opt-in_ip'),
  optedInFrom:
    words(`optin_ip opt-in_ip_address signup_ip signup_ip_address subscribe_ip subscribed_ip subscription_ip
    consent_ip`),
  userAgent: words('user_agent optin_user_agent'),
  sourceUrl: words('source_url optin_url signup_url consent_url'),
  sourceForm: words('source_form optin_form signup_form'),
  notice: words('notice'),
  noticeVersion: words('notice_version'),
  wording: words('wording consent_text consent_wording optin_text'),
  proof: words('proof'),
}
type Part = keyof typeof HEADINGS

/** When and from where a consent was given, the surest first. */
const MOMENTS = [
  { at: 'at', from: 'ip' },
  { at: 'confirmedAt', from: 'confirmedFrom' },
  { at: 'optedInAt', from: 'optedInFrom' },
] as const

/** What a column is taken for, where the name of its part does not say it. */
const AS: Partial<Record<Part, string>> = {
  confirmedAt: 'at',
  confirmedFrom: 'ip',
  optedInAt: 'at, or proof beside a confirmation',
  optedInFrom: 'ip, or proof beside a confirmation',
}

/** What `--column` names a column for. */
const NAMEABLE = [...Object.keys(HEADINGS).filter(part => !(part in AS)), 'address', 'sha256', 'status']

/** Names of a basis, and HubSpot's words for them. */
const BASIS_WORDS = new Map<string, string>([
  ...BASIS_NAMES.map(name => [bare(name), name] as const),
  [bare('Freely given consent from contact'), 'express'],
  [bare('Performance of a contract'), 'contract'],
  [bare('Legitimate interest – existing customer'), 'legitimate_interest'],
  [bare('Legitimate interest – prospect/lead'), 'legitimate_interest'],
  [bare('Legitimate interest – other'), 'legitimate_interest'],
])

/** Headings of when a person was added, which is no consent until the sender says that it is. */
const ADDED =
  words(`created_at created added_at added_time date_added date_created create_date created_on created_date
  profile_created_on`)

/**
 * Returns what the columns of a header are taken for; `named` are headings by what the sender says they hold. Throws `Usage` where
 * a heading is not there, and where address, time, topic or basis is in no column and not given.
 */
export function consentColumns(
  header: readonly string[],
  given: Given,
  named: ReadonlyMap<string, string>,
): ConsentColumns {
  const names = header.map(bare)
  const unknown = [...named.keys()].find(what => !NAMEABLE.includes(what))
  if (unknown !== undefined) throw new Usage(`--column ${unknown}=… is none of ${NAMEABLE.join(', ')}.`)
  const placeOf = (heading: string): number => {
    const place = names.indexOf(bare(heading))
    if (place < 0) throw new Usage(`No column is called ${heading}.`)
    return place
  }
  const own = new Map([...named].map(([what, heading]) => [what, placeOf(heading)]))
  const addressColumn = named.get('address')
  const found = columnsOf(header, addressColumn === undefined ? {} : { addressColumn })
  if (!found) throw new Usage('No column holds an address: --column address=HEADING names it.')
  const recipient = { address: found.address, sha256: own.get('sha256') ?? found.sha256 }
  const status = own.get('status')
  const standing = standingIn(names, status)

  const taken = new Set([recipient.address, recipient.sha256, ...own.values()])
  const places = new Map<Part, number>()
  for (const [part, headings] of Object.entries(HEADINGS) as [Part, string[]][]) {
    const place =
      own.get(part) ?? headings.map(name => names.indexOf(name)).find(at => at >= 0 && !taken.has(at))
    if (place === undefined) continue
    places.set(part, place)
    taken.add(place)
  }
  demand(places, given, header, names)
  // Whose evidence it would be, or from when, would be a guess.
  const doubled = [...taken].find(
    place => place >= 0 && names.filter(name => name === names[place]).length > 1,
  )
  if (doubled !== undefined)
    throw new Usage(`Two columns are called ${header[doubled]!.trim()}: give one of them another name.`)

  const use = (place: number): string | undefined => {
    const part = [...places].find(([, at]) => at === place)?.[0]
    const uses = [
      place === recipient.address && 'address',
      place === recipient.sha256 && 'sha256',
      part && (AS[part] ?? part),
      standing.places.includes(place) && 'status',
    ].filter(Boolean)
    return uses.length > 0 ? uses.join('; ') : undefined
  }
  return {
    taken: header.map((heading, i) => ({ heading: heading.trim() || `column ${i + 1}`, as: use(i) })),
    read: cells => consentIn(cells, { header, names, recipient, places, standing, given }),
  }
}

function demand(
  places: ReadonlyMap<Part, number>,
  given: Given,
  header: readonly string[],
  names: readonly string[],
): void {
  if (!places.has('topic') && given.topic === undefined)
    throw new Usage(
      'No column names the topic: --topic says which all of it is for, and floe topics lists yours.',
    )
  if (!places.has('basis') && given.basis === undefined)
    throw new Usage(
      `No column says what the consents rest on: --basis does, with one of ${BASIS_NAMES.join(', ')}.`,
    )
  if (MOMENTS.some(({ at }) => places.has(at))) return
  const added = header[names.findIndex(name => ADDED.includes(name))]
  throw new Usage(
    `No column says when consent was given: --column at=HEADING names it.${
      added === undefined
        ? ''
        : ` "${added}" says when a person was added: name it only if that is when they agreed.`
    }`,
  )
}

interface Reading {
  header: readonly string[]
  names: readonly string[]
  recipient: { address: number; sha256: number }
  places: ReadonlyMap<Part, number>
  standing: Standing
  given: Given
}

function consentIn(cells: readonly string[], reading: Reading): ReadConsent {
  const { recipient, places, given } = reading
  const [address = '', sha256 = ''] = [cells[recipient.address], cells[recipient.sha256]]
  const who = recipientIn(address, sha256)
  if (!who) return { error: address.trim() || sha256.trim() ? 'invalid_address' : 'no_address' }
  const stands = reading.standing.error(cells)
  if (stands) return { error: stands }
  const cell = (part: Part): string | undefined => cells[places.get(part) ?? -1]?.trim() || undefined
  const moment = momentIn(cell, reading)
  if ('error' in moment) return moment
  const expires = timeOf(cell('expiresAt') ?? '')
  if (expires && 'error' in expires) return expires
  const basis = cell('basis')
  const [url, form] = [cell('sourceUrl') ?? given.sourceUrl, cell('sourceForm')]
  const notice = cell('notice')
  const assumed = [moment, expires].some(time => time?.assumed)
  return checked(
    {
      ...(who.address === '' ? { sha256: toHex(who.hash) } : { address: who.address.trim() }),
      topic: cell('topic') ?? given.topic,
      basis: basis === undefined ? given.basis : (BASIS_WORDS.get(bare(basis)) ?? basis),
      at: moment.at,
      expiresAt: expires?.at,
      source:
        url === undefined && form === undefined ? undefined : { url, ...(form !== undefined && { form }) },
      ip: moment.from,
      userAgent: cell('userAgent'),
      notice: notice === undefined ? given.notice : { name: notice, version: cell('noticeVersion') ?? '' },
      wording: cell('wording') ?? given.wording,
      proof: [cell('proof'), ...moment.besides].filter(Boolean).join('; ') || undefined,
    },
    assumed,
  )
}

interface Moment extends KnownTime {
  from: string | undefined
  besides: string[]
}

/**
 * Returns the surest moment of a row, with the IP address that was written down with it, and what else the row says of how consent
 * came about, which is kept as it stands there: so is a time without a zone.
 */
function momentIn(
  cell: (part: Part) => string | undefined,
  { header, names, places }: Reading,
): Moment | TimeFault | { error: 'no_time' } {
  const heading = (part: Part) => header[places.get(part)!]?.trim()
  const times = MOMENTS.map(({ at, from }) => {
    const text = cell(at) ?? ''
    const isWord = isYesOrNo(names[places.get(at) ?? -1]) && !/\d{4}/.test(text)
    return { at, from, time: isWord ? undefined : timeOf(text) }
  })
  const known = times.flatMap(({ time, ...one }) => (time && !('error' in time) ? [{ ...one, time }] : []))
  const bad = times.map(({ time }) => time).find(time => time && 'error' in time)
  if (bad && 'error' in bad) return bad
  const [chosen] = known
  if (!chosen) return { error: 'no_time' }
  const from = cell(chosen.from) === undefined ? ('ip' as const) : chosen.from
  const used: Part[] = chosen.time.assumed ? [from] : [from, chosen.at]
  const besides = MOMENTS.flatMap(one => [one.at, one.from])
    .filter(part => cell(part) !== undefined && !used.includes(part))
    .map(part => `${heading(part)}: ${cell(part)}`)
  return { ...chosen.time, from: cell(from), besides }
}
