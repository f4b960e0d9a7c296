import { createClient, type Transaction } from '@libsql/client/web'
import type { Value } from '../core/write/statement.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import type { BackupRow, BackupTable, Head } from './backup-file.ts'

/** A database as of one moment, however long it takes to read. */
export interface Snapshot {
  migrations(): Promise<Head['migrations']>
  tables: BackupTable[]
  /** Returns every row of every table, or only the events after `afterSeq`. */
  rows(afterSeq?: number): AsyncGenerator<BackupRow>
}

/** Rows per page; the answer stays far below the server's limit. */
const PAGE_ROWS = 1000
const SMALLEST_PAGE_ROWS = 8

/**
 * Reads a database in one read transaction, by pages. The server keeps a reader's snapshot while others write: in a test of 17 s
 * with 8 writes a second, it saw none of them and delayed none. A replica forwards every transaction to its primary.
 */
export async function withSnapshot<T>(
  { url, authToken }: Endpoint,
  use: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = createClient(authToken ? { url, authToken } : { url })
  try {
    const transaction = await client.transaction('read')
    try {
      return await use(await open(transaction))
    } finally {
      transaction.close()
    }
  } finally {
    client.close()
  }
}

/**
 * Reads a database without writers, outside a transaction: a replica whose primary is lost answers nothing else. Throws if
 * somebody wrote meanwhile.
 */
export async function withStill<T>(
  { url, authToken }: Endpoint,
  use: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = createClient(authToken ? { url, authToken } : { url })
  const state = async () =>
    JSON.stringify((await client.execute('SELECT committed, (SELECT max(seq) FROM event) FROM lane')).rows)
  try {
    const before = await state()
    const snapshot = await open(client)
    return await use({
      ...snapshot,
      async *rows(afterSeq) {
        yield* snapshot.rows(afterSeq)
        if ((await state()) !== before) throw new Error('somebody wrote to the database while it was read')
      },
    })
  } finally {
    client.close()
  }
}

/** A table and the columns of its primary key, in its order. */
export interface KeyedTable extends BackupTable {
  key: string[]
}

async function open(reader: Pick<Transaction, 'execute'>): Promise<Snapshot> {
  const ask = async (sql: string, args: Value[] = []): Promise<Value[][]> => {
    const { rows, columns } = await reader.execute({ sql, args })
    return rows.map(row => columns.map((_, i) => bytesOrValue(row[i])))
  }
  // Tables come in order of creation, so that referenced ones come first.
  const names = await ask(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      AND name NOT LIKE 'libsql\\_%' ESCAPE '\\' AND name <> 'migration' ORDER BY rowid`,
  )
  const tables: KeyedTable[] = []
  for (const [name] of names as [string][]) {
    const columns = (await ask('SELECT name, pk FROM pragma_table_info(?) ORDER BY cid', [name])) as [
      string,
      number,
    ][]
    const key = columns.filter(([, pk]) => pk > 0).sort(([, a], [, b]) => a - b)
    tables.push({ name, columns: columns.map(([column]) => column), key: key.map(([column]) => column) })
  }
  return {
    async migrations() {
      const there = await ask("SELECT 1 FROM sqlite_schema WHERE name = 'migration'")
      if (there.length === 0) throw new Error('there is nothing of Floe in this database')
      const rows = await ask('SELECT name, sha256, applied_at FROM migration ORDER BY name')
      return (rows as [string, string, number][]).map(([name, sha256, appliedAt]) => ({
        name,
        sha256,
        appliedAt,
      }))
    },
    tables: tables.map(({ name, columns }) => ({ name, columns })),
    async *rows(afterSeq) {
      for (const [i, table] of tables.entries()) {
        if (afterSeq !== undefined && table.name !== 'event') continue
        for await (const row of pages(ask, table, afterSeq === undefined ? undefined : [afterSeq]))
          yield [i, row]
      }
    },
  }
}

/** Returns the SQL of a page of a table in the order of its key: the first one, or the one behind a key. */
export function pageOf({ name, columns, key }: KeyedTable, isFirst: boolean, limit: number): string {
  const list = (names: string[]) => names.map(column => `"${column}"`).join(', ')
  const behind = isFirst ? '' : `WHERE (${list(key)}) > (${key.map(() => '?').join(', ')})`
  return `SELECT ${list(columns)} FROM "${name}" ${behind} ORDER BY ${list(key)} LIMIT ${limit}`
}

async function* pages(
  ask: (sql: string, args: Value[]) => Promise<Value[][]>,
  table: KeyedTable,
  start: Value[] | undefined,
): AsyncGenerator<Value[]> {
  let last = start
  for (let limit = PAGE_ROWS; ; ) {
    let rows: Value[][]
    try {
      rows = await ask(pageOf(table, last === undefined, limit), last ?? [])
    } catch (error) {
      // The server refuses answers above a certain size; this table's rows are large.
      if (!/too large/i.test(String(error)) || limit === SMALLEST_PAGE_ROWS) throw error
      limit = SMALLEST_PAGE_ROWS
      continue
    }
    yield* rows
    if (rows.length < limit) return
    const end = rows.at(-1)!
    last = table.key.map(column => end[table.columns.indexOf(column)]!)
  }
}

const bytesOrValue = (value: unknown): Value =>
  value instanceof ArrayBuffer ? new Uint8Array(value) : (value as Value)
