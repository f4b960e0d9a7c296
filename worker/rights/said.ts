import type { Told } from '../../site/locales/told.ts'
import type { HistoryEntry } from '../consent/entry.ts'
import { dayIn, type Locale } from '../core/locale.ts'
import { escapeHtml, fill } from '../http/page.ts'
import type { CaseView } from '../rights-request/case.ts'
import type { Held, HeldSuppression, HeldTopic } from './data.ts'

type Words = Told['rights']

/** The lists of a recipient's data that have an end, in words: markup for the page's slots. */
export const dataLists = (held: Held, words: Words, locale: Locale) => ({
  topics: held.topics.map(topic => topicItem(topic, words, daysOf(locale))).join(''),
  stops: held.suppressions.map(stop => stopItem(stop, words, daysOf(locale))).join(''),
})

/** What they demanded, in words: markup for a list, in the order given. */
export const requestItems = (requests: readonly CaseView[], words: Words, locale: Locale): string =>
  requests.map(one => requestItem(one, words, daysOf(locale))).join('')

/** What happened, in words: markup for a list, in the order given. */
export const historyItems = (history: readonly HistoryEntry[], words: Words, locale: Locale): string =>
  history.map(entry => historyItem(entry, words, daysOf(locale))).join('')

const daysOf =
  (locale: Locale): Day =>
  at =>
    dayIn(locale, Date.parse(at))

const bdi = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`
const item = (head: string, ...lines: string[]): string =>
  `<li class="fact"><span class="fact-head">${head}</span>${lines.map(line => `<span class="fact-line">${line}</span>`).join('')}</li>`

function topicItem({ sender, name, state, since, expiresAt }: HeldTopic, words: Words, day: Day): string {
  const until = expiresAt === undefined ? '' : `, ${fill(words.until, { day: day(expiresAt) })}`
  return item(
    `${bdi(name)} · ${bdi(sender)}`,
    `${escapeHtml(stateIn(words)[state])} ${fill(words.since, { day: day(since) })}${until}`,
  )
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

function historyItem(entry: HistoryEntry, words: Words, day: Day): string {
  const said = eventIn(words)[entry.type]
  return item(
    said === undefined ? bdi(entry.type) : escapeHtml(said),
    day(entry.at),
    ...evidenceLines(entry, words),
  )
}

/** What shows how it came about, a line each. */
function evidenceLines({ evidence, evidenceDigest }: HistoryEntry, words: Words): string[] {
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

/** What is said of an event; one that is not here is named as the ledger names it. */
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
  'rights.link_requested': words.wanted,
  'rights.link_mailed': words.mailed,
  'rights.link_undeliverable': words.undeliverable,
  'rights.data_opened': words.opened,
  'rights.data_exported': words.took,
  'rights.restricted': words.restricted,
  'rights.restriction_lifted': words.lifted,
  'rights.objected': words.objected,
  'rights.objection_lifted': words.lifted,
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
