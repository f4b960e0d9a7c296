import { REASONS, type Reason } from '../../core/codes/reason.ts'
import type { ScopeCode } from '../../core/codes/scope.ts'
import type { LineFault } from './import-api.ts'

/** What an import is for. */
export interface Target {
  /** The scope that the sender named, and its topic; an export of Floe's is taken in all its scopes without one. */
  scope?: string | undefined
  topic?: string | undefined
  /** The scopes of the workspace, by `scopeText`. */
  scopes: ReadonlyMap<string, ScopeCode>
  /** Milliseconds since 1970 UTC. */
  now: number
}

/** What a row of an export of Floe's is taken as, or why it is not taken. */
export type OwnRow =
  | { reason: Reason; scope: ScopeCode; until: number | null; ofMarketing: boolean }
  | { fault: LineFault }

/** Returns the name of a scope with its topic. */
export const scopeText = (scope: string, topic = ''): string => `${scope} ${topic}`

/** Columns of Floe's own export. */
const OF_FLOE = ['id', 'scope', 'reason', 'source', 'since']

/** Reasons that are the recipient's to end, which no import can write. */
const PASSING = ['paused', 'restricted']

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/

/** Returns a reader of rows as they were exported; undefined where the bare names of a header are not those of an export of Floe's. */
export function ownRows(
  names: readonly string[],
): ((cells: readonly string[], target: Target) => OwnRow) | undefined {
  if (!OF_FLOE.every(name => names.includes(name))) return undefined
  return (cells, target) => {
    const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim()
    const [name, topic, reason, purpose, end] = ['scope', 'topic', 'reason', 'purpose', 'until'].map(cell)
    const isOther = target.scope !== undefined && (name !== target.scope || topic !== (target.topic ?? ''))
    if (isOther) return { fault: 'other_scope' }
    const scope = target.scopes.get(scopeText(name!, topic))
    if (scope === undefined) return { fault: name === 'topic' ? 'unknown_topic' : 'other_scope' }
    const ofMarketing = purpose === 'marketing' && reason === 'bounced'
    if (!isReason(reason!) || (purpose && !ofMarketing)) return { fault: 'unknown_status' }
    if (PASSING.includes(reason)) return { fault: 'not_lasting' }
    const until = end ? endOf(end) : null
    if (until === undefined) return { fault: 'invalid_until' }
    if (until !== null && until <= target.now) return { fault: 'until_in_the_past' }
    return { reason, scope, until, ofMarketing }
  }
}

const isReason = (word: string): word is Reason => Object.hasOwn(REASONS, word)

function endOf(text: string): number | undefined {
  const at = TIME.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
