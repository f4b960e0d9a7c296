import { timestamp } from '../../core/clock.ts'
import { type Basis, basisOf } from '../../core/codes/basis.ts'
import { isOfMarketing, type Reason, reasonOf } from '../../core/codes/reason.ts'
import { numberOf, type Scope, scopeName } from '../../core/codes/scope.ts'
import { type Source, sourceOf } from '../../core/codes/source.ts'
import { type SubscriptionState, stateNow } from '../../core/codes/subscription.ts'
import type { EventRow } from '../../db/event-list.ts'
import type { SubscriptionRow } from '../../db/subscription.ts'
import type { ConfirmedRequest } from '../../db/subscription-request.ts'
import type { Hit, SuppressionRow } from '../../db/suppression.ts'
import type { TenantTopic } from '../../db/topic.ts'
import type { HistoryEntry } from '../consent/entry.ts'

/** How a recipient stands with one topic. Times here and below are RFC 3339 UTC. */
export interface HeldTopic {
  sender: string
  topic: string
  name: string
  state: SubscriptionState
  basis?: Basis
  since: string
  givenAt?: string
  /** The host of the page where it was asked for, if they confirmed it then. */
  source?: string
  expiresAt?: string
}

/** One thing that keeps mail from a recipient. */
export interface HeldSuppression {
  scope: Scope
  /** The sender or topic it is about, by the name recipients know. */
  about?: string
  reason: Reason
  /** The only mail it keeps away; without it, whatever its reason does. */
  purpose?: 'marketing'
  source: Source
  since: string
  until?: string
}

/**
 * What is held about a recipient, as they may take it with them; their `requests` and `history` follow, of which there is no end. A
 * field is only ever added: programs read it.
 */
export interface DataExport {
  format: 'floe.your-data.v1'
  asOf: string
  sender: string
  company: string
  address: string
  /** Whether the address itself is kept, encrypted; where it is not, only a keyed hash of it is. */
  addressKept: boolean
  topics: HeldTopic[]
  suppressions: HeldSuppression[]
  /** The language they chose to read in. */
  language?: string
  /** Since when nothing about them may be sold or shared, because they said so. */
  saleOptOutAt?: string
}

/** One thing that happened, with the topics it was about, by the names recipients know. */
export interface HeldEvent extends HistoryEntry {
  about?: string[]
}

/** What it is put together from. */
export interface Sources {
  now: number
  sender: string
  company: string
  address: string
  addressKept: boolean
  workspaces: { number: number; sender: string }[]
  topics: TenantTopic[]
  subscriptions: SubscriptionRow[]
  confirmed: ConfirmedRequest[]
  suppressions: SuppressionRow[]
  platform: Hit[]
  languages: string[]
  saleOptOutAt: number | null
}

/** Puts together what is held. */
export function heldOf(sources: Sources): DataExport {
  const { now, topics, workspaces } = sources
  const senderOf = (number: number) => workspaces.find(one => one.number === number)?.sender ?? ''
  return {
    format: 'floe.your-data.v1',
    asOf: timestamp(now),
    sender: sources.sender,
    company: sources.company,
    address: sources.address,
    addressKept: sources.addressKept,
    topics: sources.subscriptions.flatMap(row => {
      const topic = topics.find(({ number }) => number === row.topic)
      if (!topic) return []
      const asked = sources.confirmed.find(one => one.topic === row.topic)
      return {
        sender: senderOf(topic.workspace),
        topic: topic.name,
        name: topic.displayName,
        state: stateNow(row, now),
        ...(row.basis !== null && { basis: basisOf(row.basis) }),
        since: timestamp(row.at),
        ...(row.givenAt !== null && { givenAt: timestamp(row.givenAt) }),
        // A consent that the sender recorded since rests on what they say.
        ...(asked && row.givenAt !== null && asked.closedAt >= row.givenAt && { source: asked.sourceHost }),
        ...(row.until !== null && { expiresAt: timestamp(row.until) }),
      }
    }),
    suppressions: [
      ...sources.platform.map(row => suppressionOf({ ...row, at: row.at! }, 'platform', undefined)),
      ...sources.suppressions.map(row => {
        const scope = scopeName(row.scope)
        const number = numberOf(row.scope)
        const about =
          scope === 'topic'
            ? topics.find(topic => topic.number === number)?.displayName
            : scope === 'workspace'
              ? senderOf(number)
              : sources.company
        return suppressionOf(row, scope, about)
      }),
    ],
    ...(sources.languages[0] !== undefined && { language: sources.languages[0] }),
    ...(sources.saleOptOutAt !== null && { saleOptOutAt: timestamp(sources.saleOptOutAt) }),
  }
}

/** Returns which topics an event was about: it names one by its number, or some by names that are their workspace's own. */
export function aboutOf(
  { workspace, data }: Pick<EventRow, 'workspace' | 'data'>,
  topics: readonly TenantTopic[],
): Pick<HeldEvent, 'about'> {
  const { topic, topics: names } = JSON.parse(data) as Record<string, unknown>
  const named = [topic, ...(typeof names === 'string' ? names.split(' ') : [])]
  const about = topics.filter(
    ({ number, name, workspace: of }) => number === topic || (of === workspace && named.includes(name)),
  )
  return about.length > 0 ? { about: about.map(({ displayName }) => displayName) } : {}
}

const suppressionOf = (
  row: { reason: number; source?: number; at: number; until: number | null },
  scope: Scope,
  about: string | undefined,
): HeldSuppression => ({
  scope,
  ...(about !== undefined && { about }),
  reason: reasonOf(row.reason),
  ...(isOfMarketing(row.reason) && { purpose: 'marketing' as const }),
  source: row.source === undefined ? 'sender' : sourceOf(row.source),
  since: timestamp(row.at),
  ...(row.until !== null && { until: timestamp(row.until) }),
})
