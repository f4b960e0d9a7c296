/** What a copy of the database lacks, and the life of the lane that says so: entries of another life are numbered anew. */
export interface ReplicaGap extends UnappliedEntries {
  life: number
}

/** The part of the journal that a caller has already. */
export interface ReplicaPosition {
  life: number
  first: number
  last: number
}

/** The entries that a copy of the database lacks: from the one at `from` to the one at `last`. */
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
