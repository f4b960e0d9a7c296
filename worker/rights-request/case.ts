import { timestamp } from '../../core/clock.ts'
import type { RightsRequestRow } from '../../db/rights-request.ts'
import { requestIdOf } from '../rights/link.ts'

/** What a recipient can demand about their data. The numbers are what the database holds and never change. */
export const RIGHTS = {
  access: 1,
  rectification: 2,
  erasure: 3,
  restriction: 4,
  portability: 5,
  objection: 6,
} as const

/** The name of a right. */
export type Right = keyof typeof RIGHTS

/** How a request stands. The numbers are what the database holds and never change. */
export const CASE_STATES = { open: 1, closed: 2 } as const

/** The name of a state. */
export type CaseState = keyof typeof CASE_STATES

/** How a request ended. `moot`: the person was erased before. The numbers are what the database holds and never change. */
export const OUTCOMES = { fulfilled: 1, partly_fulfilled: 2, refused: 3, not_identified: 4, moot: 5 } as const

/** The name of an outcome. */
export type Outcome = keyof typeof OUTCOMES

/** What a sender can close a request with. */
export const CLOSINGS = [
  'fulfilled',
  'partly_fulfilled',
  'refused',
  'not_identified',
] as const satisfies Outcome[]

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
  outcome?: Outcome
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
    ...(row.outcome !== null && { outcome: nameIn(OUTCOMES, row.outcome) }),
  }
}
