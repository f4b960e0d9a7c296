import { passedByTransactional, REASONS } from '../../core/codes/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { stateNow } from '../../core/codes/subscription.ts'
import { lackOfConsent } from '../../core/consent-lack.ts'
import type { SubscriptionRow } from '../../db/subscription.ts'
import type { SuppressionRow } from '../../db/suppression.ts'
import type { OwnTopic } from '../../db/topic.ts'
import { isLiftedByYes } from '../suppression/standing.ts'

/**
 * A recipient's state in one topic. `required`: transactional mail, sent whatever is chosen here; `off` where a check for it
 * denies. `pending`: requested, not yet confirmed.
 */
export interface Preference extends OwnTopic {
  state: 'on' | 'off' | 'pending' | 'required'
  /**
   * Whether a mailed confirmation would turn it on: only the recipient's own choices stand against it, or an unsigned bounce.
   */
  returnable: boolean
}

/** The state that the preference center shows. */
export interface Preferences {
  topics: Preference[]
  pausedUntil: number | null
  everythingStopped: boolean
}

/** Returns a recipient's state in a workspace's topics, from the suppressions and subscriptions of their address id. */
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
        // No choice stops transactional mail; only what a transactional check denies does.
        const denied = against.some(row => !passedByTransactional(row.reason))
        return { ...topic, state: denied ? 'off' : 'required', returnable: false }
      }
      const subscription = subscriptions.find(row => row.topic === topic.number)
      const lack = lackOfConsent(topic.consent, subscription, now)
      const returnable = against.every(isLiftedByYes)
      if (!against[0] && !lack) return { ...topic, state: 'on', returnable: false }
      // Requested meanwhile, by the recipient or a form: off until they confirm.
      if (returnable && subscription && stateNow(subscription, now) === 'pending')
        return { ...topic, state: 'pending', returnable }
      return { ...topic, state: 'off', returnable }
    }),
    pausedUntil: pause?.until ?? null,
    everythingStopped: wide.length > 0,
  }
}

/** The input of a save: topics the page showed as on, and those of them that stay. */
export interface Ticked {
  shown: string[]
  topic: string[]
}

/**
 * Returns the topics that a save ends: those shown as on and left out. A topic that is off already is included, so that an
 * undo elsewhere does not turn it on. A topic the page did not show stays as it is.
 */
export const endedTopics = ({ topics }: Preferences, { shown, topic: kept }: Ticked): Preference[] =>
  topics.filter(({ kind, name }) => kind !== 'transactional' && shown.includes(name) && !kept.includes(name))

/**
 * Returns the topics that a save keeps but that were turned off elsewhere since its page was shown. They stay off: less mail
 * wins.
 */
export const staleTopics = ({ topics }: Preferences, { shown, topic: kept }: Ticked): Preference[] =>
  topics.filter(({ state, name }) => state !== 'on' && shown.includes(name) && kept.includes(name))
