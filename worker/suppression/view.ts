import type { SuppressionRow } from '../../db/suppression.ts'
import { timestamp } from '../core/clock.ts'
import { isOfMarketing, type Reason, reasonOf } from './reason.ts'
import {
  type Scope,
  type ScopeCode,
  suppressionId,
  TENANT_SCOPE,
  topicScope,
  workspaceScope,
} from './scope.ts'
import { type Source, sourceOf } from './source.ts'

/** A suppression as senders see it. Times are RFC 3339 UTC. */
export interface SuppressionView {
  id: string
  scope: Scope
  topic?: string
  reason: Reason
  /** The only mail it keeps away; without it, whatever its reason does. */
  purpose?: 'marketing'
  source: Source
  since: string
  until?: string
}

/** What a workspace's key may see and name: its own scopes, by code. */
export type Sight = ReadonlyMap<ScopeCode, { scope: Scope; topic?: string }>

/** Returns the scopes that reach a workspace within its tenant. */
export function sightOf(workspace: number, topics: readonly { number: number; name: string }[]): Sight {
  return new Map<ScopeCode, { scope: Scope; topic?: string }>([
    [TENANT_SCOPE, { scope: 'tenant' }],
    [workspaceScope(workspace), { scope: 'workspace' }],
    ...topics.map(({ number, name }): [ScopeCode, { scope: Scope; topic: string }] => [
      topicScope(number),
      { scope: 'topic', topic: name },
    ]),
  ])
}

/** Returns a row as senders see it, or undefined when it has ended or does not reach their workspace. */
export function viewOf(row: SuppressionRow, sight: Sight, now: number): SuppressionView | undefined {
  const reach = row.until === null || row.until > now ? sight.get(row.scope) : undefined
  return (
    reach && {
      id: suppressionId(row.addressId, row.scope, row.reason),
      ...reach,
      reason: reasonOf(row.reason),
      ...(isOfMarketing(row.reason) && { purpose: 'marketing' as const }),
      source: sourceOf(row.source),
      since: timestamp(row.at),
      ...(row.until !== null && { until: timestamp(row.until) }),
    }
  )
}

/** Who alone can lift a suppression, or undefined when its sender may. */
export function onlyLiftedBy({ reason, source }: Pick<SuppressionView, 'reason' | 'source'>) {
  if (reason === 'legal') return 'operator'
  // A complaint or objection is the recipient's word, whoever wrote it down.
  const theirs = ['complained', 'objected', 'restricted'].includes(reason)
  return source === 'recipient' || theirs ? 'recipient' : undefined
}
