import { isOfMarketing, REASONS, reasonOf } from '../../core/codes/reason.ts'
import { scopeName, TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import type { Hit, SuppressionRow } from '../../db/suppression.ts'
import type { Suppression } from './decision.ts'

/** A workspace with some of its topics. */
export interface Within {
  workspace: number
  topics: number[]
}

/** Returns the rows of a recipient that apply to mail of those topics. */
export function rowsWithin(rows: readonly SuppressionRow[], { workspace, topics }: Within): SuppressionRow[] {
  const scopes = new Set([TENANT_SCOPE, workspaceScope(workspace), ...topics.map(topicScope)])
  return rows.filter(row => scopes.has(row.scope))
}

/** Returns the suppressions of a recipient that apply to mail of those topics, as the decision takes them. */
export const suppressionsWithin = (rows: readonly SuppressionRow[], within: Within): Suppression[] =>
  rowsWithin(rows, within).map(suppressionOf)

/** Returns a row as the decision takes it. */
export const suppressionOf = ({ scope, reason, at, until }: SuppressionRow): Suppression => ({
  scope: scopeName(scope),
  reason: reasonOf(reason),
  at,
  until,
  ofMarketing: isOfMarketing(reason),
})

/** Whether a recipient's mailed confirmation lifts a row. */
export const isLiftedByYes = ({ reason, scope }: Pick<SuppressionRow, 'reason' | 'scope'>): boolean =>
  isOfMarketing(reason) || (reason === REASONS.unsubscribed && scope !== TENANT_SCOPE)

/** Returns a row of the platform's suppressions as the decision takes it. */
export const platformSuppression = ({ reason, at, until }: Hit): Suppression => ({
  scope: 'platform',
  reason: reasonOf(reason),
  at: at!,
  until,
})
