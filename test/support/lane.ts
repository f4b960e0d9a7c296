import { packDenials } from '../../core/write/denial.ts'
import type { LogPosition, Term } from '../../core/write/log-position.ts'
import type { UnappliedEntries } from '../../core/write/replica-gap.ts'
import type { WriteRequest } from '../../core/write/request.ts'
import type { StatementResult, Wired } from '../../core/write/statement.ts'
import type { GroupStore } from '../../worker/lane/in-flight-batch.ts'
import type {
  FullJournalEntry,
  Journal,
  JournalEntry,
  JournalState,
} from '../../worker/lane/journal-entry.ts'

/** A fault of one commit, in the order of commits. */
export type Mishap = 'lost before' | 'lost after' | 'other writer' | 'busy' | 'hangs' | undefined

/**
 * A database for the lane, in memory: a group is applied whole or not at all, and only on top of the one before. An act that
 * contains `bad` is refused.
 */
export class MemoryStore implements GroupStore {
  readonly groups: string[][] = []
  committed = 0
  term = 0
  mishaps: Mishap[] = []
  asked = 0
  /** Answers no call. */
  away = false
  /** Milliseconds that a group takes. */
  takesMs = 0
  /** Runs before the next group, as an earlier request that was delayed. */
  late: (() => void) | undefined
  replicas: LogPosition[] | undefined

  /** Names of the applied acts, in order. */
  get applied(): string[] {
    return this.groups.flat()
  }

  async position(): Promise<LogPosition> {
    await turn()
    this.asked++
    if (this.away) throw new Error('unknown')
    return { index: this.committed, term: this.term, at: 0 }
  }

  replicaPositions = async () => this.replicas

  async commit({ index, term }: LogPosition, statements: readonly Wired[]): Promise<StatementResult[]> {
    await turn()
    if (this.takesMs > 0) await new Promise(resolve => setTimeout(resolve, this.takesMs))
    if (this.away) throw new Error('unknown')
    this.late?.()
    this.late = undefined
    const mishap = this.mishaps.shift()
    if (mishap === 'lost before') throw new Error('unknown')
    if (mishap === 'hangs') await new Promise(() => undefined)
    if (mishap === 'busy') throw new Error('busy')
    if (mishap === 'other writer') {
      this.committed++
      this.term = 99
    }
    if (index !== this.committed + 1) throw new Error('out_of_turn')
    const names = statements.map(wired => JSON.parse(wired).sql as string)
    if (names.some(name => name.includes('bad'))) throw new Error('refused')
    this.apply(index, term, names)
    if (mishap === 'lost after') throw new Error('unknown')
    return names.map(name => ({ rows: [[name]], affected: 1 }))
  }

  /** Applies a group from any sender. */
  apply(index: number, term: number, names: string[]): void {
    this.committed = index
    this.term = term
    this.groups.push(names.filter(name => name !== ''))
  }

  verdict(error: unknown) {
    const { message } = error as Error
    return (['refused', 'out_of_turn', 'busy'] as const).find(each => each === message) ?? 'unknown'
  }
}

/** A journal in memory that outlives the lanes that write it. */
export class MemoryJournal implements Journal {
  entriesBySeq = new Map<number, FullJournalEntry>()
  aside = new Map<number, string>()
  terms: readonly Term[] = []
  floor: number | undefined
  /** Makes the next write fail. */
  full = false

  state = (): JournalState => ({
    terms: [...this.terms],
    lowWaterMark: this.floor,
    deadLetters: this.aside.size,
  })
  open(): JournalEntry[] {
    const all = this.#all()
    const sent = Math.max(...all.map(({ index }) => index ?? -1))
    return all.filter(({ index }) => index === null || index === sent).map(entry => ({ ...entry }))
  }
  lastSeq = () => Math.max(0, ...this.entriesBySeq.keys())
  add(entry: FullJournalEntry): void {
    if (this.full) throw new Error('no space')
    this.entriesBySeq.set(entry.seq, { ...entry })
  }
  read = (seq: number) => ({ ...this.entriesBySeq.get(seq)! })
  assign(seqs: readonly number[], index: number | null, term: number | null): void {
    for (const seq of seqs) Object.assign(this.entriesBySeq.get(seq)!, { index, term })
  }
  unassign(beyond: number): void {
    for (const entry of this.#all())
      if (entry.index !== null && entry.index > beyond) this.assign([entry.seq], null, null)
  }
  replace(seq: number, parts: readonly FullJournalEntry[]): void {
    this.entriesBySeq.delete(seq)
    for (const part of parts) this.add(part)
  }
  deadLetter(seq: number, why: string): void {
    this.aside.set(seq, why)
    this.assign([seq], null, null)
  }
  unapplied(index: number, [first, last]: [number, number], committed: number): UnappliedEntries {
    const lacking = this.#all().filter(entry => entry.index === null || entry.index > index)
    if (lacking.length === 0) return { from: 0, last: 0, entries: [], behindSince: null }
    const behind = lacking.filter(entry => entry.index !== null && entry.index <= committed)
    return {
      from: lacking[0]!.seq,
      last: lacking.at(-1)!.seq,
      entries: lacking
        .filter(({ seq, denials }) => denials.length > 0 && !(seq >= first && seq <= last))
        .map(({ seq, denials }) => [seq, denials]),
      behindSince: behind.length > 0 ? Math.min(...behind.map(({ at }) => at)) : null,
    }
  }
  keepTerms(terms: readonly Term[]): void {
    this.terms = [...terms]
  }
  drop(index: number, at: number): void {
    for (const entry of this.#all()) {
      if (entry.index === null || entry.index > index || entry.at >= at) continue
      this.entriesBySeq.delete(entry.seq)
      this.floor = entry.index
    }
  }
  setLowWaterMark(index: number): void {
    this.floor = index
  }
  size = () => 0
  entries = () => this.entriesBySeq.size

  #all(): FullJournalEntry[] {
    return [...this.entriesBySeq.values()]
      .filter(({ seq }) => !this.aside.has(seq))
      .sort((a, b) => a.seq - b.seq)
  }
}

const turn = () => new Promise<void>(resolve => setImmediate(resolve))

/** Returns a write request with that name; `denies` makes it deny the address id that repeats this byte. */
export const request = (
  name: string,
  {
    statements = 1,
    bytes = 0,
    denies,
    needsResults = false,
    bulk = false,
  }: { statements?: number; bytes?: number; denies?: number; needsResults?: boolean; bulk?: boolean } = {},
): WriteRequest => ({
  statements: Array.from({ length: statements }, (_, i) =>
    JSON.stringify({ sql: i === 0 ? name : '', args: bytes > 0 ? ['x'.repeat(bytes)] : [] }),
  ),
  denials: packDenials(
    denies === undefined
      ? []
      : [
          {
            addressId: new Uint8Array(12).fill(denies),
            scope: 7,
            reason: 5,
            source: 1,
            at: 1000,
            until: null,
          },
        ],
  ),
  needsResults: needsResults || bulk,
  ...(bulk && { bulk }),
})
