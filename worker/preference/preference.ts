import { passedByTransactional, REASONS } from '../../core/codes/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { stateNow } from '../../core/codes/subscription.ts'
import { lackOfConsent } from '../../core/consent-lack.ts'
import type { SubscriptionRow } from '../../db/subscription.ts'
import type { SuppressionRow } from '../../db/suppression.ts'
import type { OwnTopic } from '../../db/topic.ts'
import { isLiftedByYes } from '../suppression/standing.ts'

/**
 * How a recipient stands with one topic. `required`: sent because something is owed, whatever is chosen here; never one that is `off`. `pending`: asked
 * for, and not confirmed.
 */
export interface Preference extends OwnTopic {
  state: 'on' | 'off' | 'pending' | 'required'
  /** Whether the recipient's own yes, in a mailed confirmation, would turn it on: no more than their own word is against it, or an unsigned bounce. */
  returnable: boolean
}

/** Everything the preference center shows. */
export interface Preferences {
  topics: Preference[]
  pausedUntil: number | null
  everythingStopped: boolean
}

/** Returns how a recipient stands with a workspace's topics, from all that stands for and against their address id. */
export function preferencesOf(
  topics: readonly OwnTopic[],
  workspace: number,
  rows: readonly SuppressionRow[],
  subscriptions: readonly SubscriptionRow[],
  now: number,
): Preferences {
  const active = rows.filter(row => row.until === null || row.until > now)
  const stops = active.filter(row => row.reason !== REASONS.paused)
  const wide = stops.filter(row => row.scope === TENANT_SCOPE || row.scope === workspaceScope(workspace))
  const pause = active.find(row => row.reason === REASONS.paused && row.scope === workspaceScope(workspace))
  return {
    topics: topics.map(topic => {
      const against = [...wide, ...stops.filter(row => row.scope === topicScope(topic.number))]
      if (topic.kind === 'transactional') {
        // What is owed is sent whatever is chosen, and not where a check for it denies.
        const denied = against.some(row => !passedByTransactional(row.reason))
        return { ...topic, state: denied ? 'off' : 'required', returnable: false }
      }
      const subscription = subscriptions.find(row => row.topic === topic.number)
      const lack = lackOfConsent(topic.consent, subscription, now)
      const returnable = against.every(isLiftedByYes)
      if (!against[0] && !lack) return { ...topic, state: 'on', returnable: false }
      // Asked for since, by the recipient or a form: still off, and what is waited for is their confirmation.
      if (returnable && subscription && stateNow(subscription, now) === 'pending')
        return { ...topic, state: 'pending', returnable }
      return { ...topic, state: 'off', returnable }
    }),
    pausedUntil: pause?.until ?? null,
    everythingStopped: wide.length > 0,
  }
}

/** What a save carries: the topics that its page showed as on, and those of them that stay. */
export interface Ticked {
  shown: string[]
  topic: string[]
}

/**
 * Returns the topics that a save ends: those the page showed as on and the recipient left off, also where one is off by now, since
 * whoever turned it off might take that back. One that the page never showed stays.
 */
export const endedTopics = ({ topics }: Preferences, { shown, topic: kept }: Ticked): Preference[] =>
  topics.filter(({ kind, name }) => kind !== 'transactional' && shown.includes(name) && !kept.includes(name))

/** Returns the topics that a save means to keep and that were turned off elsewhere since its page was shown. They stay off: less mail wins. */
export const staleTopics = ({ topics }: Preferences, { shown, topic: kept }: Ticked): Preference[] =>
  topics.filter(({ state, name }) => state !== 'on' && shown.includes(name) && kept.includes(name))
