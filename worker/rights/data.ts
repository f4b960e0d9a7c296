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

/** A recipient's state in one topic. Times here and below are RFC 3339 UTC. */
export interface HeldTopic {
  sender: string
  topic: string
  name: string
  state: SubscriptionState
  basis?: Basis
  since: string
  givenAt?: string
  /** Host of the page where it was requested, where a confirmation followed. */
  source?: string
  expiresAt?: string
}

/** A suppression of a recipient. */
export interface HeldSuppression {
  scope: Scope
  /** Display name of the sender or topic. */
  about?: string
  reason: Reason
  /** The only purpose it denies; absent where its reason decides. */
  purpose?: 'marketing'
  source: Source
  since: string
  until?: string
}

/**
 * A recipient's data for download; the unbounded `requests` and `history` follow it. Fields are only ever added, since
 * programs read it.
 */
export interface DataExport {
  format: 'floe.your-data.v1'
  asOf: string
  sender: string
  company: string
  address: string
  /** Whether the encrypted address is stored; otherwise only its keyed hash is. */
  addressKept: boolean
  topics: HeldTopic[]
  suppressions: HeldSuppression[]
  /** The language they chose. */
  language?: string
  /** Since when they have opted out of sale and sharing. */
  saleOptOutAt?: string
}

/** An event with the display names of its topics. */
export interface HeldEvent extends HistoryEntry {
  about?: string[]
}

/** The rows that an export is made of. */
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

/** Returns a recipient's data from its rows. */
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
        // A later consent recorded by the sender rests on the sender's evidence, not on this page.
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

/** Returns the topics of an event: by number, or by names within its workspace. */
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
