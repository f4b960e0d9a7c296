import type { LogPosition } from './log-position.ts'

/**
 * A lease promises: no write is in the lane's journal alone, and none will be acknowledged from there alone before the lease
 * ends. Its holder may trust the primary's answer without asking the lane.
 */

/**
 * The lane's answer to a request for a lease: false for none, or the last group in the database. It is true from a lane that does
 * not know that group yet.
 */
export type Lease = boolean | Pick<LogPosition, 'index' | 'term'>

/** Duration of a lease in milliseconds. Its holder counts from before it asked. */
export const LEASE_MS = 1000

/**
 * Milliseconds from the time the lane stops granting leases until it acknowledges from its journal alone: a lease, and a margin
 * for a holder's late timer.
 */
export const LEASES_OVER_MS = LEASE_MS + 250

/**
 * Milliseconds without leases after the last write acknowledged from the journal reached the database. A caller asks for a lease
 * and reads the primary at the same time, and a granted lease says that nothing was in the journal alone at any moment since
 * then; so this is longer than a read may take.
 */
export const COOL_DOWN_MS = 3000
