/**
 * The database's availability as the lane sees it. `up`: it answers. `suspect`: it has not answered for a while, so no lease is granted.
 * `degraded`: every lease has run out as well, so writes are acknowledged once they are in the journal.
 */
export type Availability = 'up' | 'suspect' | 'degraded'

/** How a lane stands. */
export interface LaneStatus {
  availability: Availability
  /** Writes that are not in the database. */
  depth: number
  /** When the oldest of them came, milliseconds since 1970 UTC; null when there is none. */
  oldestAt: number | null
  /** Writes that were acknowledged and that the database then refused, kept for people to look at. */
  deadLetters: number
  /** Journal entries kept, including those that the database has, and the bytes the journal takes. */
  kept: number
  bytes: number
  /** The last group known to be in the database; null before it was asked. */
  committed: number | null
  /** How often the database was found to have lost groups it had acknowledged, since the lane began. */
  lost: number
}
