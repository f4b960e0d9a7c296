import { concatBytes } from '../../core/bytes.ts'
import type { Term } from '../../core/write/log-position.ts'
import type { UnappliedEntries } from '../../core/write/replica-gap.ts'
import type { WriteRequest } from '../../core/write/request.ts'
import type { Wired } from '../../core/write/statement.ts'

/** Writes that were stored together, in order of arrival. `seq` orders the entries. */
export interface JournalEntry {
  seq: number
  /** Arrival of its oldest write, milliseconds since 1970 UTC. */
  at: number
  writes: number
  statements: number
  /** Bytes of its statements. */
  bytes: number
  /** Index of the group it was sent in; null before it is sent, and again when that group is void. */
  index: number | null
  term: number | null
}

/** An entry with its content. */
export interface FullJournalEntry extends JournalEntry {
  /** Statements of each write. */
  contents: Wired[][]
  denials: Uint8Array
}

/** Step between the `seq` of two entries, so that one can be split into its writes without overtaking the next. */
export const SEQ_STEP = 1024

/** Most statements in a group; a single larger write goes alone. */
export const GROUP_STATEMENTS = 512
/** Most bytes in a group, which is in memory three times while under way. */
export const GROUP_BYTES = 4 * 2 ** 20

/** Returns the bytes of statements in memory and in the journal; an estimate, since nearly all characters are ASCII. */
export const bytesOf = (statements: readonly Wired[]): number =>
  statements.reduce((sum, statement) => sum + statement.length, 0)

/** State of a journal besides its entries. */
export interface JournalState {
  terms: Term[]
  /** Low-water mark: groups up to this index may have been dropped; undefined before any is known. */
  lowWaterMark: number | undefined
  /** Acknowledged writes that the database refused. */
  deadLetters: number
}

/** Durable store of the writes that the lane has taken. Everything written is durable before any later answer goes out. */
export interface Journal {
  state(): JournalState
  /** Entries not known to be in the database, in order: unsent ones and those of the last group sent. */
  open(): JournalEntry[]
  /** `seq` of the last entry; 0 when there was none. */
  lastSeq(): number
  add(entry: FullJournalEntry): void
  read(seq: number): FullJournalEntry
  /** Records the group in which entries are sent; null for unsent. */
  assign(seqs: readonly number[], index: number | null, term: number | null): void
  /** Marks entries of groups after that index as unsent. */
  unassign(beyond: number): void
  /** Replaces an entry with others, or with none. */
  replace(seq: number, parts: readonly FullJournalEntry[]): void
  /** Makes an entry a dead letter, for people to look at: the database refuses it. */
  deadLetter(seq: number, why: string): void
  /** Denials of the entries that a copy at group `index` lacks, except those within `known`; the database is at `committed`. */
  unapplied(index: number, known: [first: number, last: number], committed: number): UnappliedEntries
  keepTerms(terms: readonly Term[]): void
  /** Drops entries of groups up to that index that came before `at`, and moves the low-water mark there. */
  drop(index: number, at: number): void
  setLowWaterMark(index: number): void
  /** Bytes of the journal. */
  size(): number
  /** Number of entries. */
  entries(): number
}

/** Returns an entry made of requests. */
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

/** Splits an entry into one per write. All its denials go with the last, so that they count until every write is applied. */
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
