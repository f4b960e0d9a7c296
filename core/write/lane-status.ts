/**
 * How it stands with the database. `up`: it answers. `suspect`: it has not answered for a while, so no lease is granted any more.
 * `degraded`: every lease has run out as well, so that acts are answered once they are in the journal.
 */
export type Availability = 'up' | 'suspect' | 'degraded'

/** How a lane stands. */
export interface LaneStatus {
  availability: Availability
  /** Acts that are not in the database. */
  depth: number
  /** When the oldest of them came, milliseconds since 1970 UTC; null when there is none. */
  oldestAt: number | null
  /** Acts that were accepted and that the database then refused: kept for people to look at. */
  deadLetters: number
  /** Entries kept, those that the database has included, and the octets the journal takes. */
  kept: number
  bytes: number
  /** The last group known to be in the database; null before it was asked. */
  committed: number | null
  /** How often the database was found to have lost groups it had acknowledged, since the lane began. */
  lost: number
}
