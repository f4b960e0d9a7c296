import type { LogPosition } from './log-position.ts'

/**
 * A lease says: nothing is in the lane's journal alone, and nothing will be answered from there alone before it has run out.
 * Whoever holds one may take the primary's answer for the whole truth without asking the lane.
 */

/**
 * What whoever asks for a lease gets: none, or one that says which group the database had last. From a lane that does not know it
 * yet, and from one of the version before, only that it is granted.
 */
export type Lease = boolean | Pick<LogPosition, 'index' | 'term'>

/** How long a lease is, in milliseconds, counted by its holder from before it asked. */
export const LEASE_MS = 1000

/**
 * How long the lane waits, from when it stopped granting, before it answers an act from its journal alone. Longer than a lease by
 * what a holder's timer may be late.
 */
export const LEASES_OVER_MS = LEASE_MS + 250

/**
 * How long after the last journaled act reached the database no lease is granted yet. Who asks for a lease asks the primary at
 * the same time: one granted says that nothing was in the journal alone at any moment since they began, so this is longer than a
 * read may take.
 */
export const COOL_DOWN_MS = 3000
