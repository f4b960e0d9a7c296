import {
  type InFlightBatch,
  type PendingEntry,
  type QueuedWrite,
  takeEntries,
  takeGroup,
} from './in-flight-batch.ts'
import { type Intake, sizeOf } from './intake.ts'
import { type FullJournalEntry, type Journal, journalEntryOf, partsOf, SEQ_STEP } from './journal-entry.ts'

/** Index and term of a group. */
interface Place {
  index: number
  term: number
}

/** Entries not yet in the database: the group under way, and the open ones. The journal holds the same for the next life. */
export class WriteQueue {
  /** Entries stored and not sent, in order. */
  open: PendingEntry[]
  inFlight: InFlightBatch | undefined
  readonly #journal: Journal
  #seq: number

  constructor(journal: Journal) {
    this.#journal = journal
    this.#seq = journal.lastSeq()
    const entries = journal.open().map(entry => ({ ...entry, callers: [], acknowledged: true, alone: false }))
    this.open = entries.filter(({ index }) => index === null)
    const sent = entries.filter(({ index }) => index !== null)
    const [first] = sent
    if (first)
      this.inFlight = {
        index: first.index!,
        term: first.term!,
        entries: sent,
        contents: this.#contentsOf(sent),
      }
  }

  /** All entries, in order. */
  get entries(): PendingEntry[] {
    return [...(this.inFlight?.entries ?? []), ...this.open]
  }

  /** Whether a write in the queue was, or may have been, acknowledged from the journal. */
  get acknowledged(): boolean {
    return (
      (this.inFlight?.entries.some(({ acknowledged }) => acknowledged) ?? false) ||
      this.open.some(({ acknowledged }) => acknowledged)
    )
  }

  /**
   * Makes the next group from the open entries or, when there are none, from the waiting writes. `keep` records in the journal
   * that it is sent.
   */
  compose(waiting: Intake, place: Place): { batch: InFlightBatch; keep: () => void } {
    if (this.open.length > 0) {
      const entries = takeEntries(this.open)
      const seqs = entries.map(({ seq }) => seq)
      this.inFlight = { ...place, entries, contents: this.#contentsOf(entries) }
      return { batch: this.inFlight, keep: () => this.#journal.assign(seqs, place.index, place.term) }
    }
    const { filled, live } = this.#entry(waiting.takeGroup())
    this.inFlight = { ...place, entries: [{ ...live, ...place }], contents: filled.contents }
    return { batch: this.inFlight, keep: () => this.#journal.add({ ...filled, ...place }) }
  }

  /** Stores as many waiting writes as fit into one entry, and returns them. */
  keep(waiting: QueuedWrite[]): QueuedWrite[] {
    const callers = takeGroup(waiting, sizeOf)
    const { filled, live } = this.#entry(callers)
    this.#journal.add(filled)
    this.open.push({ ...live, callers: [], acknowledged: true })
    return callers
  }

  /** Gives each write of a refused group a group of its own. */
  part(batch: InFlightBatch): void {
    const parted = batch.entries.flatMap(live => {
      const parts = partsOf(this.#journal.read(live.seq))
      this.#journal.replace(live.seq, parts)
      return parts.map(({ contents: _, denials: __, ...head }, i): PendingEntry => {
        return { ...head, callers: [live.callers[i]], acknowledged: live.acknowledged, alone: true }
      })
    })
    this.open.unshift(...parted)
    this.inFlight = undefined
  }

  /** Reopens the entries of a group that never took effect. */
  takeBack(batch: InFlightBatch): void {
    const seqs = batch.entries.map(({ seq }) => seq)
    this.#journal.assign(seqs, null, null)
    this.open.unshift(...batch.entries)
    this.inFlight = undefined
  }

  /** Reopens the journal's entries of all groups after that index, which the database has lost. */
  takeBackBeyond(index: number): void {
    const inHand = this.entries
    this.#journal.unassign(index)
    this.inFlight = undefined
    this.open = this.#journal
      .open()
      .filter(entry => entry.index === null)
      .map(entry => {
        const live = inHand.find(({ seq }) => seq === entry.seq)
        return live ?? { ...entry, callers: [], acknowledged: true, alone: false }
      })
  }

  #entry(callers: QueuedWrite[]): { filled: FullJournalEntry; live: PendingEntry } {
    const requests = callers.map(({ request }) => request)
    this.#seq += SEQ_STEP
    const filled = journalEntryOf(this.#seq, callers[0]!.at, requests)
    const { contents: _, denials: __, ...head } = filled
    return { filled, live: { ...head, callers, acknowledged: false, alone: false } }
  }

  #contentsOf(entries: readonly PendingEntry[]) {
    return entries.flatMap(({ seq }) => this.#journal.read(seq).contents)
  }
}
