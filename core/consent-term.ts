import { utc } from '@date-fns/utc'
import { addMonths } from 'date-fns/addMonths'
import type { Basis } from './codes/basis.ts'

/** Calendar months that implied consent lasts, counted from the purchase or inquiry (CASL s. 10(9), (10)). */
const TERM_MONTHS: Partial<Record<Basis, number>> = { implied_purchase: 24, implied_inquiry: 6 }

/** Returns when a consent of that basis ends by law, counted from its event; null where no law sets a term. */
export function expiryOf(basis: Basis, at: number): number | null {
  const months = TERM_MONTHS[basis]
  return months === undefined ? null : addMonths(at, months, { in: utc }).getTime()
}
