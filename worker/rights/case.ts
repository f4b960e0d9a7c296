import { timestamp } from '../../core/clock.ts'
import { nameOf } from '../../core/codes/code.ts'
import {
  CASE_OUTCOMES,
  CASE_STATES,
  type CaseOutcome,
  type CaseState,
  RIGHTS,
  type Right,
} from '../../core/codes/rights.ts'
import type { RightsRequestRow } from '../../db/rights-request.ts'
import { requestIdOf } from './link.ts'
import type { RegimeName } from './regime.ts'

/** The outcomes with which a sender may close a request. */
export const CLOSINGS = [
  'fulfilled',
  'partly_fulfilled',
  'refused',
  'not_identified',
] as const satisfies CaseOutcome[]

const stateOf = nameOf(CASE_STATES, 'state of a rights request')
const rightOf = nameOf(RIGHTS, 'right')
const outcomeOf = nameOf(CASE_OUTCOMES, 'outcome of a rights request')

/** A rights request as its sender and its recipient see it. Times are RFC 3339 UTC. */
export interface CaseView {
  id: string
  right: Right
  state: CaseState
  openedAt: string
  /** Deadline and the law that sets it; absent where the request was fulfilled at once. */
  dueAt?: string
  regime?: RegimeName
  extendedAt?: string
  overdue?: true
  closedAt?: string
  outcome?: CaseOutcome
}

/** Returns the view of a rights request. */
export function caseView(row: RightsRequestRow, now: number): CaseView {
  const state = stateOf(row.state)
  return {
    id: requestIdOf(row.ref),
    right: rightOf(row.right),
    state,
    openedAt: timestamp(row.openedAt),
    ...(row.dueAt !== null && { dueAt: timestamp(row.dueAt) }),
    ...(row.regime !== null && { regime: row.regime as RegimeName }),
    ...(row.extendedAt !== null && { extendedAt: timestamp(row.extendedAt) }),
    ...(state === 'open' && row.dueAt !== null && row.dueAt <= now && { overdue: true as const }),
    ...(row.closedAt !== null && { closedAt: timestamp(row.closedAt) }),
    ...(row.outcome !== null && { outcome: outcomeOf(row.outcome) }),
  }
}
