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

/** The scopes that a workspace's key may see, by code. */
export type Sight = ReadonlyMap<ScopeCode, { scope: SuppressionView['scope']; topic?: string }>

/** Returns the scopes that apply to a workspace within its tenant. */
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

/** Returns a row as senders see it, or undefined where it has expired or does not apply to their workspace. */
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

/** Whether a suppression is its recipient's own choice, whoever recorded it: nobody else may lift it. */
export const isRecipientsOwn = ({ reason, source }: Word): boolean =>
  source === 'recipient' || reason === 'objected' || reason === 'restricted'

/**
 * Returns who alone may lift a suppression, or undefined where its sender may. A complaint is lifted by its recipient, and so is
 * what they chose elsewhere before an import brought it here; an operator can lift one that was a mistake.
 */
export function onlyLiftedBy(word: Word): 'operator' | 'recipient' | undefined {
  if (word.reason === 'legal') return 'operator'
  const isChosenElsewhere = word.source === 'import' && word.reason === 'unsubscribed'
  return isRecipientsOwn(word) || isChosenElsewhere || word.reason === 'complained' ? 'recipient' : undefined
}
