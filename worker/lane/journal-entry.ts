import { concatBytes } from '../../core/bytes.ts'
import type { Term } from '../../core/write/log-position.ts'
import type { UnappliedEntries } from '../../core/write/replica-gap.ts'
import type { WriteRequest } from '../../core/write/request.ts'
import type { Wired } from '../../core/write/statement.ts'

/** Some acts that were kept together, in the order they came. Its place in the order is `seq`. */
export interface JournalEntry {
  seq: number
  /** When its acts came, milliseconds since 1970 UTC. */
  at: number
  writes: number
  statements: number
  /** What its statements take. */
  bytes: number
  /** The group it was sent in; null as long as it was not sent, and again when that group is void. */
  index: number | null
  term: number | null
}

/** An entry with what it holds. */
export interface FullJournalEntry extends JournalEntry {
  /** The statements of each act. */
  contents: Wired[][]
  denials: Uint8Array
}

/** Room between the places of two entries, so that the acts of one can be parted without overtaking the next. */
export const SEQ_STEP = 1024

/** What one group holds at most, in statements; one act that is larger goes alone. */
export const GROUP_STATEMENTS = 512
/** The same in bytes: a group is in memory three times while it is on its way. */
export const GROUP_BYTES = 4 * 2 ** 20

/** Returns what statements take in memory and in the journal, near enough: all but a few of their letters are ASCII. */
export const bytesOf = (statements: readonly Wired[]): number =>
  statements.reduce((sum, statement) => sum + statement.length, 0)

/** What a journal remembers apart from entries. */
export interface JournalState {
  terms: Term[]
  /** Every group up to this number may have been dropped; undefined before anything is known. */
  lowWaterMark: number | undefined
  /** Acts that the database refused after they were accepted. */
  deadLetters: number
}

/** Where the lane keeps what it has taken. All of it is durable before any answer that was given after it goes out. */
export interface Journal {
  state(): JournalState
  /** Entries that are not known to be in the database, in order: those not sent, and those of the last group sent. */
  open(): JournalEntry[]
  /** The place of the last entry; 0 when there was none. */
  lastSeq(): number
  add(entry: FullJournalEntry): void
  read(seq: number): FullJournalEntry
  /** Notes in which group entries are sent; null, that they are not. */
  assign(seqs: readonly number[], index: number | null, term: number | null): void
  /** Makes entries of groups beyond that one unsent again. */
  unassign(beyond: number): void
  /** Puts entries in the place of one, or none. */
  replace(seq: number, parts: readonly FullJournalEntry[]): void
  /** Keeps an entry out of the way, for people to look at: the database will not have it. */
  deadLetter(seq: number, why: string): void
  /** Denials of the entries that a copy at group `index` does not have, except for those within `known`; the database is at `committed`. */
  unapplied(index: number, known: [first: number, last: number], committed: number): UnappliedEntries
  keepTerms(terms: readonly Term[]): void
  /** Drops entries of groups up to that one that came before `at`, and moves the low-water mark there. */
  drop(index: number, at: number): void
  setLowWaterMark(index: number): void
  /** Bytes it takes. */
  size(): number
  /** Entries it holds. */
  entries(): number
}

/** Returns an entry of requests. */
export function journalEntryOf(seq: number, at: number, requests: readonly WriteRequest[]): FullJournalEntry {
  const contents = requests.map(({ statements }) => statements)
  return {
    seq,
    at,
    writes: contents.length,
    statements: contents.reduce((sum, statements) => sum + statements.length, 0),
    bytes: contents.reduce((sum, statements) => sum + bytesOf(statements), 0),
    index: null,
    term: null,
    contents,
    denials: concatBytes(requests.map(({ denials }) => denials)),
  }
}

/** Parts an entry into one for each act. What it denies goes with the last, so that it is known until all of them are applied. */
export const partsOf = ({ seq, at, contents, denials }: FullJournalEntry): FullJournalEntry[] =>
  contents.map((act, i) => ({
    seq: seq + i,
    at,
    writes: 1,
    statements: act.length,
    bytes: bytesOf(act),
    index: null,
    term: null,
    contents: [act],
    denials: i === contents.length - 1 ? denials : new Uint8Array(),
  }))
