import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { test as base, inject } from 'vitest'
import type { Actor } from '../../core/actor.ts'
import { addressHash } from '../../core/address.ts'
import { systemClock } from '../../core/clock.ts'
import type { LedgerEvent } from '../../core/event.ts'
import { uuid7 } from '../../core/id.ts'
import { AddressIndexes } from '../../core/keys.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import type { Value } from '../../core/write/statement.ts'
import { type Database, openDatabase } from '../../db/engine/client.ts'
import { commitGroup, readPosition } from '../../db/engine/commit.ts'
import { type Endpoint, run, transact, wired } from '../../db/engine/hrana.ts'
import type { DatabaseOptions, LaneCalls } from '../../db/engine/lane-calls.ts'
import { type LocalCluster, startCluster } from '../../local/cluster.ts'
import type { Operator } from '../../ops/operator.ts'
import { actingAs } from '../../worker/call/context.ts'

/** A libSQL server of a test's own. */
export interface TestDatabase {
  cluster: LocalCluster
  endpoint: Operator
  /** Folder that is deleted after the test. */
  dir: string
  sql(text: string, args?: Value[]): Promise<Value[][]>
  /** Returns all rows by table. */
  dump(): Promise<Record<string, Value[][]>>
  close(): Promise<void>
}

/** Copies a primary's folder to where a cluster in `dir` looks for it. */
export const copyOf = (primary: string, dir: string): Promise<void> =>
  cp(primary, `${dir}/primary`, { recursive: true })

/** Starts a server, migrated unless `empty`. */
export async function openTestDatabase({
  replicas = 0,
  empty = false,
  checkpointSeconds = 60,
} = {}): Promise<TestDatabase> {
  const dir = await mkdtemp(`${tmpdir()}/floe-test-`)
  if (!empty) await copyOf(inject('template').migrated, dir)
  const cluster = await startCluster({ dir, replicas, checkpointSeconds })
  const endpoint = { url: cluster.primaryUrl, as: 'test' }
  const database: TestDatabase = {
    cluster,
    endpoint,
    dir,
    async sql(text, args = []) {
      const [result] = await run(endpoint, [{ sql: text, args }], 5000)
      return result!.rows
    },
    async dump() {
      const tables = await database.sql("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      const names = tables.map(([name]) => String(name))
      const all = names.map(name => ({ sql: `SELECT * FROM "${name}"`, args: [] }))
      const results = await run(endpoint, all, 5000)
      return Object.fromEntries(names.map((name, i) => [name, results[i]!.rows]))
    },
    async close() {
      await cluster.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
  return database
}

/**
 * A test with a database: `database` is migrated, `emptyDatabase` has nothing at all. `sharedDatabase` and `sharedEmptyDatabase` are one
 * for a file's tables of refusals, which write nothing.
 */
export const test = base
  .extend<{ $file: { sharedDatabase: TestDatabase; sharedEmptyDatabase: TestDatabase } }>({
    sharedDatabase: [({}, use) => withDatabase({}, use), { scope: 'file' }],
    sharedEmptyDatabase: [({}, use) => withDatabase({ empty: true }, use), { scope: 'file' }],
  })
  .extend<{ database: TestDatabase; emptyDatabase: TestDatabase }>({
    database: ({}, use) => withDatabase({}, use),
    emptyDatabase: ({}, use) => withDatabase({ empty: true }, use),
  })

async function withDatabase(
  options: { empty?: boolean },
  use: (database: TestDatabase) => Promise<void>,
): Promise<void> {
  const database = await openTestDatabase(options)
  await use(database)
  await database.close()
}

/** Applies an act in one transaction and returns the number of changed rows of each statement. */
export const apply = async (database: TestDatabase, act: WriteBatch): Promise<number[]> =>
  (await transact(database.endpoint, act.map(wired), 5000)).map(({ affected }) => affected)

/** Commits each act as the next group, as the write lane does without faults. */
export const laneTo = (endpoint: Endpoint, more: Partial<LaneCalls> = {}): LaneCalls => ({
  async commit({ statements }) {
    const mark = await readPosition(endpoint, 5000)
    const group = { index: mark.index + 1, term: 1, at: 1 }
    return { ok: true, results: await commitGroup(endpoint, group, statements, 5000) }
  },
  lease: async () => true,
  since: async () => undefined,
  status: async () => {
    throw new Error('no lane to ask')
  },
  ...more,
})

/** Opens a database as an isolate does. */
export const databaseOf = (
  primary: Endpoint,
  replicas: Endpoint[],
  lane = laneTo(primary),
  more: Pick<DatabaseOptions, 'readLane' | 'log'> = {},
): Database =>
  openDatabase({
    primary,
    replicas,
    lane,
    clock: () => performance.now(),
    background: () => undefined,
    ...more,
  })

const indexes = new AddressIndexes(new Uint8Array(32).fill(1))

/** Returns the address id of a name at `example.com` in tenant 1. */
export const idOf = (name: string | number): Uint8Array<ArrayBuffer> =>
  indexes.tenant(1).id(addressHash(`${name}@example.com`))

/** Returns who acts, outside a Worker. */
export const acting = (actor: Actor) => actingAs({ clock: systemClock, ids: uuid7 }, actor)

/** Returns an event of tenant 1. */
export const eventOf = (more: Partial<LedgerEvent> = {}): LedgerEvent => ({
  id: uuid7(more.at ?? 1000),
  at: 1000,
  tenant: 1,
  workspace: 1,
  type: 'suppression.added',
  actor: 'recipient',
  addressId: idOf('ada'),
  subject: 'sup_AAAAAAAAAAAAAAAAAAAAAAAA',
  data: {},
  ...more,
})
