import { utc } from '@date-fns/utc'
import { addMonths } from 'date-fns/addMonths'

/**
 * On what ground mail is sent. The numbers are what the database holds and never change.
 */
export const BASES = {
  express: 1,
  implied_purchase: 2,
  implied_inquiry: 3,
  soft_opt_in: 4,
  contract: 5,
  legitimate_interest: 6,
} as const

/** The name of a basis. */
export type Basis = keyof typeof BASES

/** Every basis there is. */
export const BASIS_NAMES = Object.keys(BASES) as [Basis, ...Basis[]]

const names = new Map<number, Basis>(Object.entries(BASES).map(([name, code]) => [code, name as Basis]))

/** Returns the basis a stored number stands for; throws on a number this version does not know. */
export function basisOf(code: number): Basis {
  const basis = names.get(code)
  if (basis === undefined) throw new Error(`unknown basis ${code}`)
  return basis
}

/** Calendar months that implied consent counts from its event: a purchase, an inquiry (CASL s. 10(9), (10)). */
const TERM_MONTHS: Partial<Record<Basis, number>> = { implied_purchase: 24, implied_inquiry: 6 }

/** Returns when a consent of that basis ends by law, counted from the event it rests on; null where no law sets a term. */
export function expiryOf(basis: Basis, at: number): number | null {
  const months = TERM_MONTHS[basis]
  return months === undefined ? null : addMonths(at, months, { in: utc }).getTime()
}
