/** What a copy of the database lacks, and which life of the lane says so: in another life, places in the order mean something else. */
export interface ReplicaGap extends UnappliedEntries {
  life: number
}

/** What a caller knows of the journal already. */
export interface ReplicaPosition {
  life: number
  first: number
  last: number
}

/** What a copy of the database lacks: from the entry at `from` to the one at `last`. */
export interface UnappliedEntries {
  from: number
  last: number
  entries: [seq: number, denials: Uint8Array][]
  /**
   * When the oldest came of what the database has and the copy does not; null where it has all of that. Undefined from a lane of the
   * version before.
   */
  behindSince?: number | null
}
