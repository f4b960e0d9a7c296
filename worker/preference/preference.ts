import type { SuppressionRow } from '../../db/suppression.ts'
import { REASONS } from '../suppression/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../suppression/scope.ts'

/** A topic as the preference center knows it. */
export interface Topic {
  number: number
  name: string
  displayName: string
  description: string
  kind: 'marketing' | 'transactional'
}

/** How a recipient stands with one topic. `required`: sent because something is owed, whatever is chosen here. */
export interface Preference extends Topic {
  state: 'on' | 'off' | 'required'
  /** When it was stopped, milliseconds since 1970 UTC. */
  since: number | null
}

/** Everything the preference center shows. */
export interface Preferences {
  topics: Preference[]
  pausedUntil: number | null
  everythingStopped: boolean
}

/** Returns how a recipient stands with a workspace's topics, from all that stands against their address id. */
export function preferencesOf(
  topics: readonly Topic[],
  workspace: number,
  rows: readonly SuppressionRow[],
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
      return { ...topic, state: stop ? 'off' : 'on', since: stop?.at ?? null }
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
