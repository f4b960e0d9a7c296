import type { Beyond } from '../../../core/write/replica-gap.ts'
import type { FilledParcel, Journal, JournalState, Parcel } from '../../../worker/lane/parcel.ts'

/** A journal that keeps nothing: what a lane would do that trusted its database with everything. */
export class SqlJournal implements Journal {
  state(): JournalState {
    return { eras: [], floor: undefined, aside: 0 }
  }
  open(): Parcel[] {
    return []
  }
  lastSeq(): number {
    return 0
  }
  add(): void {}
  read(): FilledParcel {
    throw new Error('nothing was kept')
  }
  assign(): void {}
  unassign(): void {}
  replace(): void {}
  setAside(): void {}
  beyond(): Beyond {
    return { from: 0, last: 0, parcels: [], behindSince: null }
  }
  keepEras(): void {}
  drop(): void {}
  setFloor(): void {}
  size(): number {
    return 0
  }
  parcels(): number {
    return 0
  }
}
