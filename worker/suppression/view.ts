import { timestamp } from '../../core/clock.ts'
import { isOfMarketing, reasonOf } from '../../core/codes/reason.ts'
import {
  type ScopeCode,
  suppressionId,
  TENANT_SCOPE,
  topicScope,
  workspaceScope,
} from '../../core/codes/scope.ts'
import { sourceOf } from '../../core/codes/source.ts'
import type { SuppressionRow } from '../../db/suppression.ts'
import type { SuppressionView } from './api.ts'

/** What a workspace's key may see and name: its own scopes, by code. */
export type Sight = ReadonlyMap<ScopeCode, { scope: SuppressionView['scope']; topic?: string }>

/** Returns the scopes that reach a workspace within its tenant. */
export function sightOf(workspace: number, topics: readonly { number: number; name: string }[]): Sight {
  return new Map<ScopeCode, { scope: SuppressionView['scope']; topic?: string }>([
    [TENANT_SCOPE, { scope: 'tenant' }],
    [workspaceScope(workspace), { scope: 'workspace' }],
    ...topics.map(({ number, name }): [ScopeCode, { scope: SuppressionView['scope']; topic: string }] => [
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

type Word = Pick<SuppressionView, 'reason' | 'source'>

/** Whether a suppression is what its recipient chose, whoever wrote it down: nobody else may lift it, not even as a mistake. */
export const isRecipientsOwn = ({ reason, source }: Word): boolean =>
  source === 'recipient' || reason === 'objected' || reason === 'restricted'

/** Whose to lift a suppression is, or undefined when its sender may. A complaint is its recipient's; an operator lifts a mistaken one. */
export function onlyLiftedBy(word: Word): 'operator' | 'recipient' | undefined {
  if (word.reason === 'legal') return 'operator'
  return isRecipientsOwn(word) || word.reason === 'complained' ? 'recipient' : undefined
}
