import type { EventRow } from '../../db/event-list.ts'
import type { OwnTopic } from '../../db/topic.ts'

/** One line of what a recipient chose, or of what was noted about them. */
export interface HistoryEntry {
  at: number
  what:
    | 'off'
    | 'allOff'
    | 'paused'
    | 'undone'
    | 'asked'
    | 'confirmed'
    | 'refused'
    | 'recorded'
    | 'ranOut'
    | 'blocked'
    | 'complained'
    | 'bounced'
    | 'unblocked'
    | 'language'
    | 'optedOut'
  /** The names, as recipients read them, of the topics it is about. */
  topics: string[]
  until?: number
  locale?: string
}

/** Entries of each kind that a page shows: what whoever holds a link can write pushes away none of the others. */
export const HISTORY_MAX = 10

/**
 * Returns what the newest events of each kind say to their recipient, newest first; what only accompanies another event says
 * nothing.
 */
export const historyOf = (kinds: readonly EventRow[][], topics: readonly OwnTopic[]): HistoryEntry[] =>
  kinds
    .flatMap(events =>
      events
        .flatMap(event => {
          const entry = entryOf(event, topics)
          return entry ? { seq: event.seq, entry } : []
        })
        .slice(0, HISTORY_MAX),
    )
    .sort((a, b) => b.seq - a.seq)
    .map(({ entry }) => entry)

function entryOf({ at, type, actor, data }: EventRow, topics: readonly OwnTopic[]): HistoryEntry | undefined {
  const facts = JSON.parse(data) as Record<string, string | number | null>
  const numbered = topics.filter(topic => topic.number === facts['topic'])
  const words = String(facts['topics'] ?? '').split(' ')
  const named = topics.filter(topic => words.includes(topic.name))
  const about = (what: HistoryEntry['what'], list = named): HistoryEntry => ({
    at,
    what,
    topics: list.map(topic => topic.displayName),
  })
  switch (type) {
    case 'suppression.added':
      if (facts['reason'] === 'complained' || facts['reason'] === 'bounced')
        return about(facts['reason'], numbered)
      if (actor !== 'recipient') return about('blocked', numbered)
      if (facts['reason'] === 'paused') return { ...about('paused', []), until: Number(facts['until']) }
      return numbered.length > 0 ? about('off', numbered) : about('allOff', [])
    case 'suppression.repeated':
      if (actor !== 'recipient' || facts['reason'] !== 'unsubscribed') return undefined
      return numbered.length > 0 ? about('off', numbered) : about('allOff', [])
    case 'suppression.lifted':
      if (facts['via'] === 'undo') return about('undone', numbered)
      return actor === 'recipient' ? undefined : about('unblocked', numbered)
    case 'consent.requested':
      return about('asked')
    case 'consent.confirmed':
      return about('confirmed')
    case 'consent.refused':
      return about('refused')
    case 'consent.granted':
      return about('recorded', [
        ...named,
        ...numbered,
        ...topics.filter(({ name }) => name === facts['topic']),
      ])
    case 'consent.expired':
      return about('ranOut', numbered)
    case 'recipient.language_chosen':
      return { ...about('language', []), locale: String(facts['locale']) }
    case 'recipient.sale_opted_out':
      return about('optedOut', [])
    default:
      return undefined
  }
}
