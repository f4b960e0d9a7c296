import { nameOf } from './code.ts'

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

/** Returns the basis a stored number stands for; throws on a number this version does not know. */
export const basisOf = nameOf(BASES, 'basis')
