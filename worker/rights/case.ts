import { timestamp } from '../../core/clock.ts'
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

/** What a sender can close a request with. */
export const CLOSINGS = [
  'fulfilled',
  'partly_fulfilled',
  'refused',
  'not_identified',
] as const satisfies CaseOutcome[]

const nameIn = <T extends string>(numbers: Record<T, number>, code: number): T => {
  const found = Object.entries<number>(numbers).find(([, number]) => number === code)
  if (!found) throw new Error(`unknown number ${code} in a rights request`)
  return found[0] as T
}

/** A request as its sender and its recipient see it. Times are RFC 3339 UTC. */
export interface CaseView {
  id: string
  right: Right
  state: CaseState
  openedAt: string
  /** When it must be answered, and by which law; not there where it was done at once. */
  dueAt?: string
  regime?: string
  extendedAt?: string
  overdue?: true
  closedAt?: string
  outcome?: CaseOutcome
}

/** Returns a request as it is told. */
export function caseView(row: RightsRequestRow, now: number): CaseView {
  const state = nameIn(CASE_STATES, row.state)
  return {
    id: requestIdOf(row.ref),
    right: nameIn(RIGHTS, row.right),
    state,
    openedAt: timestamp(row.openedAt),
    ...(row.dueAt !== null && { dueAt: timestamp(row.dueAt) }),
    ...(row.regime !== null && { regime: row.regime }),
    ...(row.extendedAt !== null && { extendedAt: timestamp(row.extendedAt) }),
    ...(state === 'open' && row.dueAt !== null && row.dueAt <= now && { overdue: true as const }),
    ...(row.closedAt !== null && { closedAt: timestamp(row.closedAt) }),
    ...(row.outcome !== null && { outcome: nameIn(CASE_OUTCOMES, row.outcome) }),
  }
}
