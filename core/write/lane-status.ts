/**
 * The database's availability as the lane sees it. `up`: it answers. `suspect`: it has not answered for a while, so no lease is
 * granted. `degraded`: every lease has ended as well, so writes are acknowledged once they are in the journal.
 */
export type Availability = 'up' | 'suspect' | 'degraded'

/** State of a write lane. */
export interface LaneStatus {
  availability: Availability
  /** Writes not yet in the database. */
  depth: number
  /** Arrival of the oldest of them, milliseconds since 1970 UTC; null when there is none. */
  oldestAt: number | null
  /** Dead letters: acknowledged writes that the database then refused, stored for people to look at. */
  deadLetters: number
  /** Entries in the journal, including those already in the database, and the bytes of the journal. */
  kept: number
  bytes: number
  /** The last group known to be in the database; null before the first answer. */
  committed: number | null
  /** Times the database was found to have lost acknowledged groups, since the lane began. */
  lost: number
}
