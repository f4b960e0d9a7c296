import type { Child } from 'hono/jsx'
import type { Basis } from '../../core/codes/basis.ts'
import { dayIn, type Locale, languageIn } from '../../core/locale.ts'
import type { RuntimeWords } from '../../core/runtime-words.ts'
import type { Markup } from '../http/markup.ts'
import { fill } from '../http/page.ts'
import type { CaseView } from './case.ts'
import type { DataExport, HeldEvent, HeldSuppression, HeldTopic } from './data.ts'

type RightsWords = RuntimeWords['rights']

/** The bounded lists of a recipient's data. */
export const dataLists = (held: DataExport, words: RightsWords, locale: Locale) => ({
  topics: (
    <>
      {held.topics.map(topic => (
        <TopicItem held={topic} words={words} day={daysOf(locale)} />
      ))}
    </>
  ),
  stops: (
    <>
      {held.suppressions.map(stop => (
        <StopItem held={stop} words={words} day={daysOf(locale)} />
      ))}
    </>
  ),
})

/** Rights requests as list items, in the given order. */
export const requestItems = (requests: readonly CaseView[], words: RightsWords, locale: Locale): Markup => (
  <>
    {requests.map(one => (
      <RequestItem request={one} words={words} day={daysOf(locale)} />
    ))}
  </>
)

/** Events as list items, in the given order. */
export const historyItems = (history: readonly HeldEvent[], words: RightsWords, locale: Locale): Markup => (
  <>
    {history.map(entry => (
      <HistoryItem entry={entry} words={words} locale={locale} />
    ))}
  </>
)

/** A placeholder where the pages of a list are written later. */
export const seam = (name: string): Markup => <>{name}</>

const daysOf =
  (locale: Locale): Day =>
  at =>
    dayIn(locale, Date.parse(at))

const Fact = ({ head, lines }: { head: Child; lines: Child[] }): Markup => (
  <li class="fact">
    <span class="fact-head">{head}</span>
    {lines.map(line => (
      <span class="fact-line">{line}</span>
    ))}
  </li>
)

function TopicItem({ held, words, day }: { held: HeldTopic; words: RightsWords; day: Day }): Markup {
  const { sender, name, state, since, expiresAt } = held
  const until = expiresAt === undefined ? '' : `, ${fill(words.until, { day: day(expiresAt) })}`
  return (
    <Fact
      head={
        <>
          <bdi>{name}</bdi> · <bdi>{sender}</bdi>
        </>
      }
      lines={[
        `${stateIn(words)[state]} ${fill(words.since, { day: day(since) })}${until}`,
        ...whyLines(held, words, day),
      ]}
    />
  )
}

/**
 * Returns the ground of a topic's mail, where it is known. Names are isolated, since their direction may differ from the
 * sentence's.
 */
function whyLines({ sender, basis, givenAt, source }: HeldTopic, words: RightsWords, day: Day): string[] {
  if (basis === undefined || givenAt === undefined) return []
  const apart = (text: string) => `\u2068${text}\u2069`
  const said = source === undefined ? groundIn(words)[basis] : words.whyConfirmed
  return [fill(said, { sender: apart(sender), source: apart(source ?? ''), since: day(givenAt) })]
}

function StopItem({ held, words, day }: { held: HeldSuppression; words: RightsWords; day: Day }): Markup {
  const { about, reason, since, until } = held
  const term = until === undefined ? '' : `, ${fill(words.until, { day: day(until) })}`
  const line = (
    <>
      {about === undefined ? words.everywhere : <bdi>{about}</bdi>}
      {`, ${fill(words.since, { day: day(since) })}${term}`}
    </>
  )
  return <Fact head={reasonIn(words)[reason]} lines={[line]} />
}

function RequestItem({ request, words, day }: { request: CaseView; words: RightsWords; day: Day }): Markup {
  const { right, state, outcome, overdue, dueAt, closedAt } = request
  const standing =
    state === 'open' ? (overdue ? words.overdue : words.due) : outcomeIn(words)[outcome ?? 'fulfilled']
  const line = fill(standing, { day: day((state === 'open' ? dueAt : closedAt)!) })
  return <Fact head={rightIn(words)[right]} lines={[line]} />
}

function HistoryItem({
  entry,
  words,
  locale,
}: {
  entry: HeldEvent
  words: RightsWords
  locale: Locale
}): Markup {
  const day = daysOf(locale)
  return (
    <Fact
      head={saidOf(entry, words) ?? <bdi>{entry.type}</bdi>}
      lines={[day(entry.at), ...factLines(entry, words, locale), ...evidenceLines(entry, words)]}
    />
  )
}

/** The details of an event, one a line: topics, reason and end of a suppression, chosen language. */
function factLines({ type, about = [], data }: HeldEvent, words: RightsWords, locale: Locale): Child[] {
  const { reason, until, locale: language } = data
  const reasons: Record<string, string> = reasonIn(words)
  const why = typeof reason === 'string' ? reasons[reason] : undefined
  const chosen = type === 'recipient.language_chosen' && typeof language === 'string'
  return [
    ...about.map(name => <bdi>{name}</bdi>),
    ...(why === undefined ? [] : [why]),
    ...(typeof until === 'number' ? [fill(words.until, { day: dayIn(locale, until) })] : []),
    ...(chosen ? [languageIn(locale, language)] : []),
  ]
}

/** The evidence of an event, one field a line. */
function evidenceLines({ evidence, evidenceDigest }: HeldEvent, words: RightsWords): Child[] {
  if (evidenceDigest === undefined) return []
  if (!evidence) return [words.gone]
  const { source } = evidence as { source?: { url?: string; form?: string } }
  const lines: [label: string, value: unknown][] = [
    [words.ip, evidence['ip']],
    [words.userAgent, evidence['userAgent']],
    [words.page, source?.url],
    [words.form, source?.form],
    [words.page, evidence['referrer']],
    [words.wording, evidence['wording']],
    [words.written, evidence['message']],
    [words.proof, evidence['proof']],
  ]
  return lines.flatMap(([label, value]) =>
    typeof value === 'string'
      ? [
          <>
            {label}: <bdi>{value}</bdi>
          </>,
        ]
      : [],
  )
}

type Day = (at: string) => string

const stateIn = (words: RightsWords): Record<HeldTopic['state'], string> => ({
  confirmed: words.confirmed,
  pending: words.pending,
  ended: words.ended,
  expired: words.expired,
})

const groundIn = (words: RightsWords): Record<Basis, string> => ({
  express: words.whyExpress,
  implied_purchase: words.whyPurchase,
  implied_inquiry: words.whyInquiry,
  soft_opt_in: words.whySoft,
  contract: words.whyContract,
  legitimate_interest: words.whyInterest,
})

const reasonIn = (words: RightsWords): Record<HeldSuppression['reason'], string> => ({
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

const rightIn = (words: RightsWords): Record<CaseView['right'], string> => ({
  access: words.access,
  rectification: words.rectification,
  erasure: words.erasure,
  restriction: words.restriction,
  portability: words.portability,
  objection: words.objection,
})

const outcomeIn = (words: RightsWords): Record<NonNullable<CaseView['outcome']>, string> => ({
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
const saidOf = ({ type, data }: HeldEvent, words: RightsWords): string | undefined =>
  type === 'complaint.reported'
    ? data['kind'] === 'complaint'
      ? words.complained
      : words.perhapsComplained
    : eventIn(words)[type]

/** Words by type of event; other events are shown by their type. */
const eventIn = (words: RightsWords): Record<string, string> => ({
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
