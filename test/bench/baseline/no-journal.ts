import type { UnappliedEntries } from '../../../core/write/replica-gap.ts'
import type {
  FullJournalEntry,
  Journal,
  JournalEntry,
  JournalState,
} from '../../../worker/lane/journal-entry.ts'

/** A journal that stores nothing, for a lane that relies on its database alone. */
export class SqlJournal implements Journal {
  state(): JournalState {
    return { terms: [], lowWaterMark: undefined, deadLetters: 0 }
  }
  open(): JournalEntry[] {
    return []
  }
  lastSeq(): number {
    return 0
  }
  add(): void {}
  read(): FullJournalEntry {
    throw new Error('nothing was kept')
  }
  assign(): void {}
  unassign(): void {}
  replace(): void {}
  deadLetter(): void {}
  unapplied(): UnappliedEntries {
    return { from: 0, last: 0, entries: [], behindSince: null }
  }
  keepTerms(): void {}
  drop(): void {}
  setLowWaterMark(): void {}
  size(): number {
    return 0
  }
  entries(): number {
    return 0
  }
}
