import { nameOf } from './code.ts'

/** Legal grounds for sending mail. The database holds these numbers; they never change. */
export const BASES = {
  express: 1,
  implied_purchase: 2,
  implied_inquiry: 3,
  soft_opt_in: 4,
  contract: 5,
  legitimate_interest: 6,
} as const

/** Name of a basis. */
export type Basis = keyof typeof BASES

/** Names of all bases. */
export const BASIS_NAMES = Object.keys(BASES) as [Basis, ...Basis[]]

/** Returns the basis of a stored number. Throws on a number this version does not know. */
export const basisOf = nameOf(BASES, 'basis')
