import { fromBase64Url } from './bytes.ts'
import type { TokenPurpose } from './keys.ts'

/**
 * Numbers of tenants, workspaces and topics have 32 bits, and the first eight say which cluster they are at home in: each gives out
 * numbers of a range of its own. They stand in signed texts, so that whose a link or key is needs no look-up (worker/decisions/0007).
 */
const NUMBER_BITS = 24

/** The first cluster: everything was in it before there was a second. */
export const FIRST_CLUSTER = 0
/** The highest number a cluster can have. */
export const CLUSTER_MAX = 255

/** Returns the cluster that a tenant, workspace or topic is at home in, by its number. */
export const clusterOf = (number: number): number => number >>> NUMBER_BITS

/** Returns the range of a cluster's numbers: the first that is given out, and the last. */
export function numbersOf(cluster: number): { first: number; last: number } {
  const from = cluster * 2 ** NUMBER_BITS
  return { first: from + 1, last: from + 2 ** NUMBER_BITS - 1 }
}

/** Links to a single row have a reference for it, not a number: the first version of them is of the first cluster (`core/token.ts`). */
const BY_REFERENCE: readonly TokenPurpose[] = ['confirm', 'access', 'correction']

/**
 * Returns the cluster that a signed text of that purpose names in its second byte. The signature is not looked at: whoever opens the
 * text does that before asking any database, so that a forged one gains no more than the choice of which one is not asked.
 */
export function clusterNamed(purpose: TokenPurpose, text: string): number {
  const [version = 0, cluster = FIRST_CLUSTER] = fromBase64Url(text.slice(0, 4)) ?? []
  return BY_REFERENCE.includes(purpose) && version >> 5 === 1 ? FIRST_CLUSTER : cluster
}
