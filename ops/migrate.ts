import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@libsql/client/web'
import { endpointFromEnv, isEntry, runCommand } from './cli.ts'

/** The folder of the migrations. */
export const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url))

/** Table of applied migrations. */
export const MIGRATION_TABLE = `CREATE TABLE IF NOT EXISTS migration (
  name TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`

/** A migration's file. */
export interface Migration {
  name: string
  text: string
  sha256: string
}

/** Result of a run. */
export interface MigrationReport {
  /** Names of the migrations applied now, in order. */
  applied: string[]
  /** Number of migrations the database has. */
  total: number
}

/**
 * Brings a database up to date: applies each file of `migrations/` that it has not had, in order, each in one transaction with
 * its record, or alone where it says so. Throws, before changing anything, when an applied file has changed, is gone, or a new one would come before it.
 */
export async function migrate(
  url: string,
  authToken?: string,
  folder = MIGRATIONS,
): Promise<MigrationReport> {
  const migrations = readMigrations(folder)
  const client = createClient(authToken ? { url, authToken } : { url })
  const applied: string[] = []
  try {
    for (;;) {
      const records = await readRecords(client)
      const next = nextMigration(migrations, records)
      if (!next) return { applied, total: records.length }
      try {
        if (ALONE.test(next.text)) await applyAlone(client, next)
        else await client.executeMultiple(script(next))
        applied.push(next.name)
      } catch (error) {
        // A record means that another run applied it first; the rest is read again.
        if ((await readRecords(client)).some(record => record.name === next.name)) continue
        throw new Error(
          `${next.name} does not apply, nothing of it was kept: ${error instanceof Error ? error.message : error}`,
          { cause: error },
        )
      }
    }
  } finally {
    client.close()
  }
}

/**
 * Returns the script of a migration. The record comes first, since its key admits only one of two runs. A failure ends the
 * stream, and with it the open transaction.
 */
const script = ({ name, text, sha256 }: Migration): string =>
  [
    'BEGIN IMMEDIATE',
    MIGRATION_TABLE,
    `INSERT INTO migration (name, sha256, applied_at) VALUES ('${name}', '${sha256}', ${Date.now()})`,
    `${text}\n`,
    'COMMIT',
  ].join(';\n')

/**
 * A migration of one statement that may take long, such as an index over many rows: a transaction that holds other writers off for 5 s
 * is undone, and a statement by itself is not. It says `IF NOT EXISTS`, since its record comes after it.
 */
const ALONE = /^-- Alone: /m

async function applyAlone(client: Client, { name, text, sha256 }: Migration): Promise<void> {
  await client.execute(text)
  const args = [name, sha256, Date.now()]
  await client.execute({
    sql: 'INSERT INTO migration (name, sha256, applied_at) VALUES (?, ?, ?)',
    args,
  })
}

/** Returns the migrations of a folder, in order. */
export function readMigrations(folder = MIGRATIONS): Migration[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.sql'))
  const strange = names.find(name => !/^\d{4}-[a-z0-9-]+\.sql$/.test(name))
  if (strange) throw new Error(`${strange} is not named like 0001-what-it-makes-true.sql`)
  return names.sort().map(file => {
    // A checkout with other line ends counts as the same text.
    const text = readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n')
    return {
      name: file.replace(/\.sql$/, ''),
      text,
      sha256: createHash('sha256').update(text).digest('hex'),
    }
  })
}

interface MigrationRecord {
  name: string
  sha256: string
}

async function readRecords(client: ReturnType<typeof createClient>): Promise<MigrationRecord[]> {
  const table = await client.execute(
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
  )
  if (table.rows.length === 0) return []
  const { rows } = await client.execute('SELECT name, sha256 FROM migration ORDER BY name')
  return rows.map(row => ({ name: String(row[0]), sha256: String(row[1]) }))
}

function nextMigration(migrations: Migration[], records: MigrationRecord[]): Migration | undefined {
  for (const [i, record] of records.entries()) {
    const migration = migrations[i]
    if (!migrations.some(({ name }) => name === record.name))
      throw new Error(`${record.name} was applied to this database, but its file is gone`)
    if (migration?.name !== record.name)
      throw new Error(`${migration?.name} comes before ${record.name}, which this database already has`)
    if (migration.sha256 !== record.sha256)
      throw new Error(`${record.name} has changed since it was applied; migrations only go forward`)
  }
  return migrations[records.length]
}

if (isEntry(import.meta.url)) {
  await runCommand(async () => {
    const [first] = process.argv.slice(2)
    if (first === '--help' || first === '-h') {
      console.log(
        'npm run migrate   applies what is missing of migrations/. Reads DATABASE_URL and DATABASE_AUTH_TOKEN',
      )
      return
    }
    if (first !== undefined) throw new Error(`migrate takes nothing: ${first} is too much`)
    const { url, authToken } = endpointFromEnv()
    const { applied, total } = await migrate(url, authToken)
    for (const name of applied)
      console.log(`applied ${name.slice(0, 4)}  ${name.slice(5).replaceAll('-', ' ')}`)
    console.log(`${new URL(url).host} is up to date: ${total} migration${total === 1 ? '' : 's'}`)
  })
}
