/** Entries that a copy of the database lacks, and the life of the lane that numbered them; each life numbers entries afresh. */
export interface ReplicaGap extends UnappliedEntries {
  life: number
}

/** Part of the journal that a caller already has. */
export interface ReplicaPosition {
  life: number
  first: number
  last: number
}

/** Entries that a copy of the database lacks, from `from` to `last`. */
export interface UnappliedEntries {
  from: number
  last: number
  entries: [seq: number, denials: Uint8Array][]
  /** Arrival of the oldest write that the database has and the copy lacks; null when the copy lacks none. */
  behindSince: number | null
}
