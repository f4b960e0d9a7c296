import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Value } from '../core/write/statement.ts'
import { eventValues, LedgerTree, soundLeaf } from './ledger-tree.ts'
import type { NoteProgress } from './progress.ts'

/**
 * A backup: gzip of lines of JSON. The first line describes it, each of the others is a row, and the last gives the number of
 * rows, the ledger's root and the hash of all lines before it. A truncated file has no last line.
 */
const FORMAT = 1

/** A table and the columns of its rows. */
export interface BackupTable {
  name: string
  columns: string[]
}

/** The first line. A `tail` holds the events after a whole backup's last one, and names that backup by its root. */
export interface Head {
  floe: 'backup'
  format: number
  kind: 'whole' | 'tail'
  at: number
  migrations: { name: string; sha256: string; appliedAt: number }[]
  tables: BackupTable[]
  after?: { seq: number; root: string }
}

/** The last line. */
export interface Seal {
  rows: number
  events: number
  lastSeq: number
  root: string
  sha256: string
}

/** A row, with the index of its table in the head. */
export type BackupRow = [table: number, values: Value[]]

/** A backup that cannot be used. It is thrown before anything is written. */
export class BackupUnusable extends Error {
  override readonly name = 'BackupUnusable'
}

/** Writes a backup, whole or not at all, readable by its owner alone; `note` is told of each row. Throws rather than replace one. */
export async function writeBackup(
  path: string,
  head: Head,
  rows: AsyncIterable<BackupRow>,
  note: NoteProgress = () => undefined,
): Promise<Seal> {
  if (existsSync(path)) throw new Error(`${path} is there already; a backup never replaces another`)
  const part = `${path}.part`
  const hash = createHash('sha256')
  const ledger = new LedgerOfRows(head)
  let count = 0
  let seal: Seal | undefined
  async function* lines(): AsyncGenerator<string> {
    const first = `${JSON.stringify(head)}\n`
    hash.update(first)
    yield first
    for await (const [table, values] of rows) {
      ledger.add(table, values)
      note(++count)
      const line = `${JSON.stringify([table, values.map(packed)])}\n`
      hash.update(line)
      yield line
    }
    seal = { rows: count, ...ledger.state(), sha256: hash.digest('hex') }
    yield `${JSON.stringify(seal)}\n`
  }
  try {
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(part, { mode: 0o600 }))
    const file = await open(part, 'r+')
    await file.sync().finally(() => file.close())
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  return seal!
}

/** Receives the rows of a backup as they are read. */
export type TakeRow = (table: BackupTable, values: Value[]) => Promise<void> | void

/** Reads a backup from end to end and checks all of it. Throws `BackupUnusable` at the first fault. */
export async function readBackup(path: string, take?: TakeRow): Promise<{ head: Head; seal: Seal }> {
  const hash = createHash('sha256')
  let head: Head | undefined
  let ledger: LedgerOfRows | undefined
  let seal: Seal | undefined
  let count = 0
  for await (const line of linesOf(path)) {
    if (seal) throw new BackupUnusable(`${path} goes on behind its end`)
    const parsed = parsedLine(path, line)
    if (!head || !ledger) {
      head = headOf(path, parsed)
      ledger = new LedgerOfRows(head)
    } else if (Array.isArray(parsed)) {
      const [index, values] = parsed as [number, unknown[]]
      const table = head.tables[index]
      if (!table || values?.length !== table.columns.length)
        throw new BackupUnusable(`${path} is damaged: row ${count + 1} fits no table`)
      const row = values.map(unpacked)
      ledger.add(index, row)
      count++
      const taking = take?.(table, row)
      if (taking) await taking
    } else {
      seal = parsed as Seal
      continue
    }
    hash.update(`${line}\n`)
  }
  if (!head || !ledger || !seal) throw new BackupUnusable(`${path} is cut off: its end is missing`)
  const found = { rows: count, ...ledger.state(), sha256: hash.digest('hex') }
  for (const name of ['rows', 'events', 'lastSeq', 'root', 'sha256'] as const)
    if (seal[name] !== found[name])
      throw new BackupUnusable(
        `${path} is damaged: its ${name} should be ${seal[name]} and is ${found[name]}`,
      )
  return { head, seal }
}

/** The ledger in a backup. It checks each event's leaf hash and builds their Merkle root. */
class LedgerOfRows {
  readonly #table: number
  readonly #columns: string[]
  readonly #tree = new LedgerTree()
  #lastSeq: number

  constructor({ tables, after }: Head) {
    this.#table = tables.findIndex(({ name }) => name === 'event')
    this.#columns = tables[this.#table]?.columns ?? []
    this.#lastSeq = after?.seq ?? 0
  }

  add(table: number, row: Value[]): void {
    if (table !== this.#table) return
    const seq = row[this.#columns.indexOf('seq')] as number
    const leaf = soundLeaf(eventValues(this.#columns, row))
    if (!leaf) throw new BackupUnusable(`event ${seq} does not have the hash of what it says`)
    if (!(seq > this.#lastSeq)) throw new BackupUnusable(`event ${seq} is out of order`)
    this.#lastSeq = seq
    this.#tree.add(leaf)
  }

  state() {
    return { events: this.#tree.size, lastSeq: this.#lastSeq, root: this.#tree.root() }
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const unzipped = createGunzip()
  createReadStream(path)
    .on('error', error => unzipped.destroy(error))
    .pipe(unzipped)
  // A row may have megabytes in many chunks; its pieces are joined once, at its end.
  let pieces: string[] = []
  try {
    for await (const chunk of unzipped.setEncoding('utf8') as AsyncIterable<string>) {
      const [first, ...lines] = chunk.split('\n') as [string, ...string[]]
      pieces.push(first)
      for (const next of lines) {
        yield pieces.join('')
        pieces = [next]
      }
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_')) throw new BackupUnusable(`${path} is damaged or cut off: ${message}`)
    throw error
  }
  if (pieces.some(piece => piece !== ''))
    throw new BackupUnusable(`${path} is cut off in the middle of a line`)
}

function parsedLine(path: string, line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new BackupUnusable(`${path} is damaged: it holds a line that is no JSON`)
  }
}

function headOf(path: string, parsed: unknown): Head {
  const head = parsed as Partial<Head> | null
  if (head?.floe !== 'backup') throw new BackupUnusable(`${path} is no backup of Floe`)
  if (head.format !== FORMAT)
    throw new BackupUnusable(`${path} is of format ${head.format}; this Floe reads format ${FORMAT}`)
  return head as Head
}

/** Returns the head of a new backup. */
export const newHead = (about: Omit<Head, 'floe' | 'format'>): Head => ({
  floe: 'backup',
  format: FORMAT,
  ...about,
})

const packed = (value: Value) =>
  value instanceof Uint8Array ? { b: Buffer.from(value).toString('base64') } : value

const unpacked = (value: unknown): Value =>
  typeof value === 'object' && value !== null
    ? new Uint8Array(Buffer.from((value as { b: string }).b, 'base64'))
    : (value as Value)
