import type { Basis } from '../../core/codes/basis.ts'
import { dayIn, type Locale } from '../../core/locale.ts'
import type { RuntimeWords } from '../../core/runtime-words.ts'
import { escapeHtml, fill } from '../http/page.ts'
import type { CaseView } from './case.ts'
import type { DataExport, HeldEvent, HeldSuppression, HeldTopic } from './data.ts'

type Words = RuntimeWords['rights']

/** Returns the bounded lists of a recipient's data as HTML. */
export const dataLists = (held: DataExport, words: Words, locale: Locale) => ({
  topics: held.topics.map(topic => topicItem(topic, words, daysOf(locale))).join(''),
  stops: held.suppressions.map(stop => stopItem(stop, words, daysOf(locale))).join(''),
})

/** Returns rights requests as HTML list items, in the given order. */
export const requestItems = (requests: readonly CaseView[], words: Words, locale: Locale): string =>
  requests.map(one => requestItem(one, words, daysOf(locale))).join('')

/** Returns events as HTML list items, in the given order. */
export const historyItems = (history: readonly HeldEvent[], words: Words, locale: Locale): string =>
  history.map(entry => historyItem(entry, words, locale)).join('')

const daysOf =
  (locale: Locale): Day =>
  at =>
    dayIn(locale, Date.parse(at))

const bdi = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`
const item = (head: string, ...lines: string[]): string =>
  `<li class="fact"><span class="fact-head">${head}</span>${lines.map(line => `<span class="fact-line">${line}</span>`).join('')}</li>`

function topicItem(held: HeldTopic, words: Words, day: Day): string {
  const { sender, name, state, since, expiresAt } = held
  const until = expiresAt === undefined ? '' : `, ${fill(words.until, { day: day(expiresAt) })}`
  return item(
    `${bdi(name)} · ${bdi(sender)}`,
    `${escapeHtml(stateIn(words)[state])} ${fill(words.since, { day: day(since) })}${until}`,
    ...whyLines(held, words, day),
  )
}

/**
 * Returns the ground of a topic's mail, where it is known. Names are isolated, since their direction may differ from the
 * sentence's.
 */
function whyLines({ sender, basis, givenAt, source }: HeldTopic, words: Words, day: Day): string[] {
  if (basis === undefined || givenAt === undefined) return []
  const apart = (text: string) => `\u2068${text}\u2069`
  const said = source === undefined ? groundIn(words)[basis] : words.whyConfirmed
  const names = { sender: apart(sender), source: apart(source ?? ''), since: day(givenAt) }
  return [escapeHtml(fill(said, names))]
}

function stopItem({ about, reason, since, until }: HeldSuppression, words: Words, day: Day): string {
  const term = until === undefined ? '' : `, ${fill(words.until, { day: day(until) })}`
  return item(
    escapeHtml(reasonIn(words)[reason]),
    `${about === undefined ? escapeHtml(words.everywhere) : bdi(about)}, ${fill(words.since, { day: day(since) })}${term}`,
  )
}

function requestItem(request: CaseView, words: Words, day: Day): string {
  const { right, state, outcome, overdue, dueAt, closedAt } = request
  const standing =
    state === 'open' ? (overdue ? words.overdue : words.due) : outcomeIn(words)[outcome ?? 'fulfilled']
  return item(
    escapeHtml(rightIn(words)[right]),
    escapeHtml(fill(standing, { day: day((state === 'open' ? dueAt : closedAt)!) })),
  )
}

function historyItem(entry: HeldEvent, words: Words, locale: Locale): string {
  const said = saidOf(entry, words)
  const day = daysOf(locale)
  return item(
    said === undefined ? bdi(entry.type) : escapeHtml(said),
    day(entry.at),
    ...factLines(entry, words, locale),
    ...evidenceLines(entry, words),
  )
}

/** Returns the details of an event, one a line: topics, reason and end of a suppression, chosen language. */
function factLines({ type, about = [], data }: HeldEvent, words: Words, locale: Locale): string[] {
  const { reason, until, locale: language } = data
  const reasons: Record<string, string> = reasonIn(words)
  const why = typeof reason === 'string' ? reasons[reason] : undefined
  const chosen = type === 'recipient.language_chosen' && typeof language === 'string'
  return [
    ...about.map(bdi),
    ...(why === undefined ? [] : [escapeHtml(why)]),
    ...(typeof until === 'number' ? [escapeHtml(fill(words.until, { day: dayIn(locale, until) }))] : []),
    ...(chosen ? [escapeHtml(languageName(locale, language))] : []),
  ]
}

const languageName = (locale: Locale, tag: string): string =>
  new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag

/** Returns the evidence of an event, one field a line. */
function evidenceLines({ evidence, evidenceDigest }: HeldEvent, words: Words): string[] {
  if (evidenceDigest === undefined) return []
  if (!evidence) return [escapeHtml(words.gone)]
  const { source } = evidence as { source?: { url?: string; form?: string } }
  const lines: [label: string, value: unknown][] = [
    [words.ip, evidence['ip']],
    [words.userAgent, evidence['userAgent']],
    [words.page, source?.url],
    [words.form, source?.form],
    [words.wording, evidence['wording']],
    [words.written, evidence['message']],
    [words.proof, evidence['proof']],
  ]
  return lines.flatMap(([label, value]) =>
    typeof value === 'string' ? [`${escapeHtml(label)}: ${bdi(value)}`] : [],
  )
}

type Day = (at: string) => string

const stateIn = (words: Words): Record<HeldTopic['state'], string> => ({
  confirmed: words.confirmed,
  pending: words.pending,
  ended: words.ended,
  expired: words.expired,
})

const groundIn = (words: Words): Record<Basis, string> => ({
  express: words.whyExpress,
  implied_purchase: words.whyPurchase,
  implied_inquiry: words.whyInquiry,
  soft_opt_in: words.whySoft,
  contract: words.whyContract,
  legitimate_interest: words.whyInterest,
})

const reasonIn = (words: Words): Record<HeldSuppression['reason'], string> => ({
  legal: words.legal,
  complained: words.complained,
  bounced: words.bounced,
  objected: words.objected,
  unsubscribed: words.unsubscribed,
  imported: words.imported,
  manual: words.manual,
  paused: words.paused,
  restricted: words.restricted,
})

const rightIn = (words: Words): Record<CaseView['right'], string> => ({
  access: words.access,
  rectification: words.rectification,
  erasure: words.erasure,
  restriction: words.restriction,
  portability: words.portability,
  objection: words.objection,
})

const outcomeIn = (words: Words): Record<NonNullable<CaseView['outcome']>, string> => ({
  fulfilled: words.fulfilled,
  partly_fulfilled: words.partlyFulfilled,
  refused: words.refused,
  not_identified: words.notIdentified,
  moot: words.moot,
})

/**
 * Returns the words of an event; undefined where it has none. A complaint by one of several recipients is not attributed to
 * this one.
 */
const saidOf = ({ type, data }: HeldEvent, words: Words): string | undefined =>
  type === 'complaint.reported'
    ? data['kind'] === 'complaint'
      ? words.complained
      : words.perhapsComplained
    : eventIn(words)[type]

/** Words by type of event; other events are shown by their type. */
const eventIn = (words: Words): Record<string, string> => ({
  'suppression.added': words.stopped,
  'suppression.repeated': words.stopped,
  'suppression.lifted': words.lifted,
  'consent.requested': words.asked,
  'consent.confirmed': words.agreed,
  'consent.granted': words.granted,
  'consent.refused': words.declined,
  'consent.refusal_lifted': words.lifted,
  'consent.withdrawn': words.withdrew,
  'consent.restored': words.restored,
  'consent.expired': words.ranOut,
  'confirmation.expired': words.ranOut,
  'confirmation.mailed': words.mailed,
  'confirmation.undeliverable': words.undeliverable,
  'recipient.language_chosen': words.chose,
  'recipient.sale_opted_out': words.optedOut,
  'rights.link_requested': words.wanted,
  'rights.link_mailed': words.mailed,
  'rights.link_undeliverable': words.undeliverable,
  'rights.data_opened': words.opened,
  'rights.data_exported': words.took,
  'rights.restricted': words.restricted,
  'rights.restriction_lifted': words.lifted,
  'rights.objected': words.objected,
  'rights.objection_lifted': words.lifted,
  'complaint.withdrawn': words.lifted,
  'bounce.reported': words.bounced,
  'rights.correction_requested': words.wanted,
  'rights.correction_refused': words.declined,
  'rights.address_left': words.corrected,
  'rights.address_corrected': words.corrected,
  'rights.erased': words.erasure,
  'rights.requested': words.wanted,
  'rights.extended': words.answered,
  'rights.deadline_missed': words.missed,
  'rights.closed': words.answered,
})
