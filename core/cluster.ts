import { fromBase64Url } from './bytes.ts'
import type { TokenPurpose } from './keys.ts'

/**
 * Numbers of tenants, workspaces and topics have 32 bits; the first eight are the number of their home cluster, so each cluster
 * gives out its own range. Signed texts carry them, so the cluster of a link or key needs no look-up (decision 0007).
 */
const NUMBER_BITS = 24

/** The first cluster. It held everything before there was a second. */
export const FIRST_CLUSTER = 0
/** The highest number a cluster can have. */
export const CLUSTER_MAX = 255

/** Returns the home cluster of a tenant, workspace or topic, by its number. */
export const clusterOf = (number: number): number => number >>> NUMBER_BITS

/** Returns the first and last number that a cluster can give out. */
export function numbersOf(cluster: number): { first: number; last: number } {
  const from = cluster * 2 ** NUMBER_BITS
  return { first: from + 1, last: from + 2 ** NUMBER_BITS - 1 }
}

/**
 * Links to a single row carry its reference instead of a number; their first version belongs to the first cluster
 * (`core/token.ts`).
 */
const BY_REFERENCE: readonly TokenPurpose[] = ['confirm', 'access', 'correction', 'form']

/**
 * Returns the cluster that a signed text of that purpose names in its second byte. The signature is not checked here: every
 * reader checks it before asking a database, so a forger only chooses which database is not asked.
 */
export function clusterNamed(purpose: TokenPurpose, text: string): number {
  const [version = 0, cluster = FIRST_CLUSTER] = fromBase64Url(text.slice(0, 4)) ?? []
  return BY_REFERENCE.includes(purpose) && version >> 5 === 1 ? FIRST_CLUSTER : cluster
}
