import type { Term } from '../../core/write/log-position.ts'
import type { UnappliedEntries } from '../../core/write/replica-gap.ts'
import type { Wired } from '../../core/write/statement.ts'
import type { FullJournalEntry, Journal, JournalEntry, JournalState } from './journal-entry.ts'

/** Characters per stored piece: a value in the object's storage may have 2 MB, so longer texts are split. */
const PIECE_CHARACTERS = 500_000

const TABLES = [
  `CREATE TABLE IF NOT EXISTS parcel (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, number INTEGER, epoch INTEGER,
    acts INTEGER NOT NULL, statements INTEGER NOT NULL, denials BLOB NOT NULL, text TEXT NOT NULL, aside TEXT)`,
  'CREATE TABLE IF NOT EXISTS piece (seq INTEGER, part INTEGER, text TEXT NOT NULL, PRIMARY KEY (seq, part)) WITHOUT ROWID',
  'CREATE TABLE IF NOT EXISTS era (place INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, first INTEGER NOT NULL)',
  'CREATE TABLE IF NOT EXISTS floor (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL)',
]
/** The columns keep the names that earlier versions of the lane wrote. */
const HEAD = 'seq, at, number, epoch, acts, statements'
const ENTRY = 'seq, at, number AS "index", epoch AS term, acts AS writes, statements'
const SIZED = `${ENTRY}, octet_length(text)
  + coalesce((SELECT sum(octet_length(piece.text)) FROM piece WHERE piece.seq = parcel.seq), 0) AS bytes`

/** Journal in the storage of a Durable Object, which replicates it to several machines before any later output leaves. */
export class SqlJournal implements Journal {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    for (const table of TABLES) sql.exec(table)
  }

  state(): JournalState {
    const terms = this.#all<Term & Record<'term' | 'first', number>>(
      'SELECT epoch AS term, first FROM era ORDER BY place',
    )
    const [floor] = this.#all<{ number: number }>('SELECT number FROM floor')
    return {
      terms,
      lowWaterMark: floor?.number,
      deadLetters: this.#count('SELECT count(*) AS n FROM parcel WHERE aside IS NOT NULL'),
    }
  }

  open(): JournalEntry[] {
    return this.#all<Record<keyof JournalEntry, number>>(
      `SELECT ${SIZED} FROM parcel
        WHERE aside IS NULL AND (number IS NULL OR number = (SELECT max(number) FROM parcel)) ORDER BY seq`,
    )
  }

  lastSeq(): number {
    return this.#all<{ seq: number }>('SELECT coalesce(max(seq), 0) AS seq FROM parcel')[0]!.seq
  }

  add(entry: FullJournalEntry): void {
    const { seq, at, index, term, writes, statements, denials } = entry
    const text = `[${entry.contents.map(act => `[${act.join()}]`).join()}]`
    this.#sql.exec(
      `INSERT INTO parcel (${HEAD}, denials, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[seq, at, index, term, writes, statements, denials, text.slice(0, PIECE_CHARACTERS)],
    )
    for (let part = 1; part * PIECE_CHARACTERS < text.length; part++) {
      const piece = text.slice(part * PIECE_CHARACTERS, (part + 1) * PIECE_CHARACTERS)
      this.#sql.exec('INSERT INTO piece (seq, part, text) VALUES (?, ?, ?)', seq, part, piece)
    }
  }

  read(seq: number): FullJournalEntry {
    const [row] = this.#all<Record<keyof JournalEntry, number> & { denials: ArrayBuffer; text: string }>(
      `SELECT ${SIZED}, denials, text FROM parcel WHERE seq = ?`,
      seq,
    )
    const { text, denials, ...head } = row!
    const pieces = this.#all<{ text: string }>('SELECT text FROM piece WHERE seq = ? ORDER BY part', seq)
    const acts = JSON.parse(text + pieces.map(piece => piece.text).join('')) as object[][]
    const contents = acts.map(act => act.map((statement): Wired => JSON.stringify(statement)))
    return { ...head, contents, denials: new Uint8Array(denials) }
  }

  assign(seqs: readonly number[], index: number | null, term: number | null): void {
    for (const seq of seqs)
      this.#sql.exec('UPDATE parcel SET number = ?, epoch = ? WHERE seq = ?', index, term, seq)
  }

  unassign(beyond: number): void {
    this.#sql.exec('UPDATE parcel SET number = NULL, epoch = NULL WHERE number > ?', beyond)
  }

  replace(seq: number, parts: readonly FullJournalEntry[]): void {
    this.#sql.exec('DELETE FROM parcel WHERE seq = ?', seq)
    this.#sql.exec('DELETE FROM piece WHERE seq = ?', seq)
    for (const part of parts) this.add(part)
  }

  deadLetter(seq: number, why: string): void {
    this.#sql.exec('UPDATE parcel SET aside = ?, number = NULL, epoch = NULL WHERE seq = ?', why, seq)
  }

  unapplied(index: number, [first, last]: [number, number], committed: number): UnappliedEntries {
    const lacking = 'FROM parcel WHERE aside IS NULL AND (number IS NULL OR number > ?1)'
    const [span] = this.#all<{ from: number | null; last: number | null; behind: number | null }>(
      `SELECT min(seq) AS "from", max(seq) AS last, min(iif(number <= ?2, at, NULL)) AS behind ${lacking}`,
      ...[index, committed],
    )
    if (span!.from === null) return { from: 0, last: 0, entries: [], behindSince: null }
    const entries = this.#all<{ seq: number; denials: ArrayBuffer }>(
      `SELECT seq, denials ${lacking} AND length(denials) > 0 AND NOT (seq BETWEEN ?2 AND ?3) ORDER BY seq`,
      ...[index, first, last],
    )
    return {
      from: span!.from,
      last: span!.last!,
      entries: entries.map(({ seq, denials }) => [seq, new Uint8Array(denials)]),
      behindSince: span!.behind,
    }
  }

  keepTerms(terms: readonly Term[]): void {
    this.#sql.exec('DELETE FROM era')
    for (const [place, { term, first }] of terms.entries())
      this.#sql.exec('INSERT INTO era (place, epoch, first) VALUES (?, ?, ?)', place, term, first)
  }

  drop(index: number, at: number): void {
    const [last] = this.#all<{ seq: number | null; number: number }>(
      'SELECT max(seq) AS seq, max(number) AS number FROM parcel WHERE number <= ? AND at < ?',
      ...[index, at],
    )
    if (last!.seq === null) return
    this.#sql.exec('DELETE FROM parcel WHERE seq <= ? AND number <= ?', last!.seq, last!.number)
    this.#sql.exec('DELETE FROM piece WHERE seq NOT IN (SELECT seq FROM parcel)')
    this.setLowWaterMark(last!.number)
  }

  setLowWaterMark(index: number): void {
    this.#sql.exec('INSERT OR REPLACE INTO floor (one, number) VALUES (1, ?)', index)
  }

  size(): number {
    return this.#sql.databaseSize
  }

  entries(): number {
    return this.#count('SELECT count(*) AS n FROM parcel')
  }

  #all<Row extends object>(query: string, ...values: (number | string | null)[]): Row[] {
    return this.#sql.exec(query, ...values).toArray() as unknown as Row[]
  }

  #count(query: string): number {
    return this.#all<{ n: number }>(query)[0]!.n
  }
}
