import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Client, createClient, type InStatement, type LibsqlError } from '@libsql/client/web'
import { type Clock, systemClock, timestamp } from '../core/clock.ts'
import type { Value } from '../core/write/statement.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { append } from '../db/event.ts'
import { counted, describeSeal } from './backup.ts'
import { type BackupTable, BackupUnusable, type Head, readBackup, type Seal } from './backup-file.ts'
import { isEntry, operatorFromEnv, runCommand } from './cli.ts'
import { eventValues, LedgerTree, soundLeaf } from './ledger-tree.ts'
import { MIGRATION_TABLE, readMigrations } from './migrate.ts'
import { type Operator, operatorEvent } from './operator.ts'
import { type NoteProgress, progressLine } from './progress.ts'
import { type Ground, replayed } from './replay.ts'
import { withSnapshot } from './snapshot.ts'

const HELP = `npm run restore -- WHOLE --since TAIL --as NAME     fills an empty database from a backup and what the ledger had since
npm run restore -- WHOLE --nothing-since --as NAME  the same where there is no tail: what happened since is forgotten,
                                                    erasures, revoked keys and unsubscribes too

The ledger names who restored it: NAME is the one you go by, and no address.
DATABASE_URL and DATABASE_AUTH_TOKEN name the database. Nothing is served from it before the restore has ended well.`

/** Result of a restore. */
export interface Restored {
  whole: Seal
  /** Events restored from a tail. */
  since: number
  /** Erasures among them, which were repeated. */
  erasures: number
}

/** Tables renamed during a restore, so that no Worker writes to half a database or accepts a key in it. */
const HELD = ['lane', 'api_key']
const heldName = (table: string): string => (HELD.includes(table) ? `restoring_${table}` : table)
const KEYS = heldName('api_key')

/**
 * Gap left after the last restored sequence number: lost events may have had the numbers up to there, and a reader with such a
 * cursor must not miss new events.
 */
const LOST_SEQS = 1_000_000
const BATCH_ROWS = 2000
const BUSY_TRIES = 120
const BUSY_PAUSE_MS = 500
/** A statement takes at most 32,766 values. */
const STATEMENT_VALUES = 20_000

/**
 * Fills an empty database from a whole backup, and brings it forward by a tail. Both are checked from end to end before anything
 * is written, and the result is read back and compared before the database is released.
 */
export async function restore(
  operator: Operator,
  wholePath: string,
  tailPath: string | undefined,
  clock: Clock = systemClock,
  note: NoteProgress = () => undefined,
): Promise<Restored> {
  const whole = await readBackup(wholePath)
  if (whole.head.kind !== 'whole') throw new BackupUnusable(`${wholePath} is a tail, and no whole backup`)
  const tail = tailPath === undefined ? undefined : await readBackup(tailPath)
  if (tail && (tail.head.kind !== 'tail' || tail.head.after?.root !== whole.seal.root))
    throw new BackupUnusable(`${tailPath} is no tail of ${wholePath}`)
  const scripts = scriptsOf(whole.head)
  const { url, authToken } = operator
  const client = createClient(authToken ? { url, authToken } : { url })
  try {
    await refuseUnlessEmpty(client)
    await client.executeMultiple(['BEGIN IMMEDIATE', ...scripts, ...held(whole.head), 'COMMIT'].join(';\n'))
    await fill(client, wholePath, restored => note(restored, whole.seal.rows))
    await compare(operator, whole)
    const erasures = tailPath === undefined ? 0 : await bringForward(client, tailPath, whole.head)
    const done = { whole: whole.seal, since: tail?.seal.rows ?? 0, erasures }
    const lastSeq = tail?.seal.lastSeq ?? whole.seal.lastSeq
    await giveFree(client, whole.head, done, { operator, lastSeq, now: clock() })
    return done
  } finally {
    client.close()
  }
}

/** Returns the scripts that create a backup's tables. The migration files must be unchanged. */
function scriptsOf({ migrations }: Head): string[] {
  const files = readMigrations()
  return migrations.map(({ name, sha256 }) => {
    const file = files.find(migration => migration.name === name)
    if (file?.sha256 !== sha256)
      throw new BackupUnusable(
        `the backup has had the migration ${name}, which is ${file ? 'another' : 'none'} of this version: restore it with the version that wrote it`,
      )
    return `${file.text}\n`
  })
}

async function refuseUnlessEmpty(client: Client): Promise<void> {
  const { rows } = await client.execute(
    "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'libsql\\_%' ESCAPE '\\' LIMIT 1",
  )
  if (rows.length > 0)
    throw new Error(`the database is not empty (it has ${rows[0]![0]}); a restore begins with nothing`)
}

/** Returns the statements that hide the tables a Worker needs, and empty those that migrations filled. */
const held = ({ tables }: Head): string[] => [
  ...HELD.map(table => `ALTER TABLE ${table} RENAME TO ${heldName(table)}`),
  ...tables.filter(({ name }) => name !== 'event').map(({ name }) => `DELETE FROM "${heldName(name)}"`),
]

async function fill(client: Client, path: string, note: NoteProgress): Promise<void> {
  let filled = 0
  let batch: { table: BackupTable; rows: Value[][] } | undefined
  const flush = async () => {
    if (!batch) return
    await write(client, inserts(batch.table, batch.rows))
    filled += batch.rows.length
    note(filled)
    batch = undefined
  }
  await readBackup(path, async (table, row) => {
    if (batch?.table !== table || batch.rows.length === BATCH_ROWS) await flush()
    batch ??= { table, rows: [] }
    batch.rows.push(row)
  })
  await flush()
}

function inserts({ name, columns }: BackupTable, rows: Value[][]): InStatement[] {
  const list = columns.map(column => `"${column}"`).join(', ')
  const marks = `(${columns.map(() => '?').join(', ')})`
  const each = Math.floor(STATEMENT_VALUES / columns.length)
  const statements: InStatement[] = []
  for (let i = 0; i < rows.length; i += each) {
    const some = rows.slice(i, i + each)
    const values = some.map(() => marks).join(', ')
    statements.push({
      sql: `INSERT INTO "${heldName(name)}" (${list}) VALUES ${values}`,
      args: some.flat() as Value[],
    })
  }
  return statements
}

/**
 * Writes a batch, whole or not at all. While the server's checkpoint holds the database, nothing has begun, so the batch is tried
 * again.
 */
async function write(client: Client, batch: InStatement[], tries = BUSY_TRIES): Promise<void> {
  try {
    await client.batch(batch, 'write')
  } catch (error) {
    if ((error as LibsqlError).code !== 'SQLITE_BUSY' || tries === 1) throw error
    await sleep(BUSY_PAUSE_MS)
    await write(client, batch, tries - 1)
  }
}

/** Compares the database with the backup: the number of rows, and the ledger's root. */
async function compare(endpoint: Endpoint, { seal }: { seal: Seal }): Promise<void> {
  const tree = new LedgerTree()
  const rows = await withSnapshot(endpoint, async snapshot => {
    const ledger = snapshot.tables.findIndex(({ name }) => name === 'event')
    let count = 0
    for await (const [table, row] of snapshot.rows()) {
      count++
      if (table !== ledger) continue
      const leaf = soundLeaf(eventValues(snapshot.tables[table]!.columns, row))
      if (leaf) tree.add(leaf)
    }
    return count
  })
  if (rows !== seal.rows || tree.root() !== seal.root)
    throw new Error(
      `the database has ${rows} rows and the root ${tree.root()} where the backup has ${seal.rows} and ${seal.root}: somebody else wrote to it; begin again with an empty one`,
    )
}

/** Appends the events of a tail and repeats their changes. Returns the number of erasures among them. */
async function bringForward(client: Client, path: string, { tables }: Head): Promise<number> {
  const ground: Ground = {
    keys: KEYS,
    has: (table, column) => tables.some(({ name, columns }) => name === table && columns.includes(column)),
  }
  let erasures = 0
  let batch: InStatement[] = []
  const flush = async () => {
    if (batch.length > 0) await write(client, batch)
    batch = []
  }
  await readBackup(path, async (table, row) => {
    const event = eventValues(table.columns, row)
    if (event.type === 'rights.erased') erasures++
    batch.push(...inserts(table, [row]), ...replayed(event, ground))
    if (batch.length >= BATCH_ROWS) await flush()
  })
  await flush()
  return erasures
}

/** Releases the database: restores the hidden tables and records the migrations and the restore. */
async function giveFree(
  client: Client,
  { migrations, at, tables }: Head,
  { whole, since, erasures }: Restored,
  { operator, lastSeq, now }: { operator: Operator; lastSeq: number; now: number },
): Promise<void> {
  const event = append(
    operatorEvent(operator, {
      at: now,
      tenant: 0,
      workspace: null,
      type: 'ledger.restored',
      subject: whole.root,
      data: { asOf: at, events: whole.events, since, erasures },
    }),
  )
  const [columns = ''] = /\(([^()]*)\)/.exec(event.sql)!.slice(1)
  await write(client, [
    ...HELD.filter(table => tables.some(({ name }) => name === table)).map(
      table => `ALTER TABLE ${heldName(table)} RENAME TO ${table}`,
    ),
    MIGRATION_TABLE,
    ...migrations.map(({ name, sha256, appliedAt }) => ({
      sql: 'INSERT INTO migration (name, sha256, applied_at) VALUES (?, ?, ?)',
      args: [name, sha256, appliedAt],
    })),
    {
      sql: `INSERT INTO event (seq, ${columns}) VALUES (?, ${columns.split(',').map(() => '?')})`,
      args: [lastSeq + LOST_SEQS, ...event.args],
    },
  ])
}

if (isEntry(import.meta.url)) {
  await runCommand(async () => {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        since: { type: 'string' },
        'nothing-since': { type: 'boolean' },
        as: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
    const [path, ...more] = positionals
    if (values.help) return console.log(HELP)
    if (!path || more.length > 0 || (values.since === undefined) !== (values['nothing-since'] === true))
      throw new Error(HELP)
    const operator = operatorFromEnv(values.as)
    const line = progressLine('rows restored')
    const { whole, since, erasures } = await restore(
      operator,
      path,
      values.since,
      systemClock,
      line.show,
    ).finally(line.end)
    const { head } = await readBackup(values.since ?? path)
    console.log(`${new URL(operator.url).host} is as of ${timestamp(head.at)}`)
    console.log(describeSeal(whole))
    console.log(
      since === 0
        ? 'nothing since'
        : `${counted(since, 'event')} since, ${counted(erasures, 'erasure')} done again`,
    )
  })
}
