import type { SubscriptionRow } from '../../db/subscription.ts'
import type { SuppressionRow } from '../../db/suppression.ts'
import type { OwnTopic } from '../../db/topic.ts'
import { lackOfConsent } from '../consent/lack.ts'
import { REASONS } from '../suppression/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../suppression/scope.ts'

/**
 * How a recipient stands with one topic. `required`: sent because something is owed, whatever is chosen here. `pending`: asked
 * for, and not confirmed.
 */
export interface Preference extends OwnTopic {
  state: 'on' | 'off' | 'pending' | 'required'
  /** When it was stopped or asked for, milliseconds since 1970 UTC; null where nobody ever said anything. */
  since: number | null
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
  const wide = stops.find(row => row.scope === TENANT_SCOPE || row.scope === workspaceScope(workspace))
  const pause = active.find(row => row.reason === REASONS.paused && row.scope === workspaceScope(workspace))
  return {
    topics: topics.map(topic => {
      if (topic.kind === 'transactional') return { ...topic, state: 'required', since: null }
      const stop = wide ?? stops.find(row => row.scope === topicScope(topic.number))
      if (stop) return { ...topic, state: 'off', since: stop.at }
      const subscription = subscriptions.find(row => row.topic === topic.number)
      const lack = lackOfConsent(topic.consent, subscription, now)
      if (!lack) return { ...topic, state: 'on', since: null }
      return {
        ...topic,
        state: lack.reason === 'pending_confirmation' ? 'pending' : 'off',
        since: lack.since,
      }
    }),
    pausedUntil: pause?.until ?? null,
    everythingStopped: wide !== undefined,
  }
}

/** What a recipient can ask of the preference center. A link in a mail only ever reduces mail. */
export type Wish =
  | { act: 'save'; shown: string[]; kept: string[] }
  | { act: 'pause'; days: 30 | 60 | 90 }
  | { act: 'stop' }

/** Reads a wish from the page's form, or undefined when the form is not one of ours. */
export function wishOf(form: FormData): Wish | undefined {
  const texts = (name: string) => form.getAll(name).filter(value => typeof value === 'string')
  switch (form.get('act')) {
    case 'save':
      return { act: 'save', shown: texts('shown'), kept: texts('topic') }
    case 'pause': {
      const days = Number(form.get('days'))
      return days === 30 || days === 60 || days === 90 ? { act: 'pause', days } : undefined
    }
    case 'stop':
      return { act: 'stop' }
    default:
      return undefined
  }
}

/** Returns the topics a wish ends: those the page showed as on and the recipient left off. One that the page never showed stays. */
export const endedTopics = (
  { topics }: Preferences,
  wish: { shown: string[]; kept: string[] },
): Preference[] =>
  topics.filter(
    topic => topic.state === 'on' && wish.shown.includes(topic.name) && !wish.kept.includes(topic.name),
  )
