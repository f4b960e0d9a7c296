import { cpSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { type AddressIndex, addressHash, BATCH_MAX } from '../../core/address.ts'
import { systemClock } from '../../core/clock.ts'
import { topicScope } from '../../core/codes/scope.ts'
import { HashMany } from '../../core/hash-many.ts'
import { uuid7 } from '../../core/id.ts'
import { AddressIndexes, openKeyring, parseKey, parseKeyring } from '../../core/keys.ts'
import { packAddresses, packIds } from '../../core/pack.ts'
import { mintToken } from '../../core/token.ts'
import type { Value } from '../../core/write/statement.ts'
import { run } from '../../db/engine/hrana.ts'
import { type LocalCluster, startCluster } from '../../local/cluster.ts'
import { ROOT } from '../../local/folder.ts'
import { newSecrets } from '../../local/secrets.ts'
import { type Seeded, seed } from '../../local/seed.ts'
import { migrate } from '../../ops/migrate.ts'
import { commitAsOperator } from '../../ops/operator.ts'
import { actingAs } from '../../worker/call/context.ts'
import { stopAct } from '../../worker/suppression/statements.ts'
import { type Wire, wire } from './load.ts'
import { type Served, serve } from './workerd.ts'

/** A Floe as deployed, on one machine: a database, and the built bundle in a bare workerd. */
export interface Floe extends Seeded {
  worker: Served
  database: LocalCluster
  indexes: AddressIndexes
  /** Vars and secrets of its worker. */
  vars: Record<string, string>
  /** File of the database. */
  file: string
  /** Returns a one-click POST of a fresh link. */
  freshClick(): Wire
  /** Returns a sender's call. */
  call(path: string, body: unknown): Wire
  sql(text: string): Promise<Value[][]>
  stop(): Promise<void>
}

/** The measured bundle, copied so that no later build replaces it, and a folder for other files. */
export interface Place {
  bundle: string
  site: string
  dir: string
}

/** Starts a Floe whose demo tenant has `rows` suppressions, those of `suppressed` included. */
export async function startFloe(
  name: string,
  { bundle, site, dir }: Place,
  rows = 0,
  suppressed: string[] = [],
): Promise<Floe> {
  const folder = `${dir}/${name}`
  mkdirSync(folder, { recursive: true })
  let database = await startCluster({ dir: folder })
  await migrate(database.primaryUrl)
  const secrets = newSecrets()
  const seeded = await seed({ url: database.primaryUrl }, secrets)
  const indexes = new AddressIndexes(parseKey(secrets.indexKey)!)
  const keyring = openKeyring(parseKeyring(secrets.tokenKeys)!)
  const file = `${folder}/primary/dbs/default/data`
  if (rows > 0) {
    const ids = suppressed.map(address => indexes.tenant(seeded.tenant).id(addressHash(address)))
    await commitAsOperator({ url: database.primaryUrl }, clickOf(seeded, ids[0]!))
    await database.stop()
    fill(file, rows, ids)
    database = await startCluster({ dir: folder })
  }
  const vars = {
    BASE_URL: 'https://floe.example.com',
    DATABASE_URL: database.primaryUrl,
    REPLICA_URLS: '',
    TOKEN_KEYS: secrets.tokenKeys,
    ACCESS_KEYS: secrets.accessKeys,
    INDEX_KEY: secrets.indexKey,
    KEY_ENCRYPTION_KEYS: secrets.keyEncryptionKeys,
    RECEIPT_KEYS: secrets.receiptKeys,
    MAIL_URL: 'none:',
    // A load exceeds a sender's rate limit.
    SENDER_RATE_UNITS: '999999999',
  }
  const lane = { className: 'WriteLane', site }
  const worker = await serve({ name: `${name}-worker`, bundle, dir, vars, lane })
  return {
    ...seeded,
    worker,
    database,
    indexes,
    vars,
    file,
    freshClick: () => {
      const addressId = crypto.getRandomValues(new Uint8Array(12))
      const claim = { topic: seeded.topics.news, addressId, ref: new Uint8Array() }
      const type = { 'content-type': 'application/x-www-form-urlencoded' }
      return wire(
        'POST',
        `/u/${mintToken(keyring, 'unsubscribe', claim)}`,
        'List-Unsubscribe=One-Click',
        type,
      )
    },
    call: (path, body) =>
      wire('POST', path, JSON.stringify(body), {
        'content-type': 'application/json',
        authorization: `Bearer ${seeded.apiKey}`,
      }),
    async sql(text) {
      const [result] = await run({ url: database.primaryUrl }, [{ sql: text, args: [] }], 10_000)
      return result!.rows
    },
    async stop() {
      await worker.stop()
      await database.stop()
    },
  }
}

/** Returns the act of a one-click unsubscribe. */
const clickOf = ({ tenant, workspace, topics }: Seeded, addressId: Uint8Array) =>
  stopAct(actingAs({ clock: systemClock, ids: uuid7 }, { kind: 'recipient' }), {
    at: Date.now(),
    tenant,
    workspace,
    addressId,
    scope: topicScope(topics.news),
    reason: 'unsubscribed',
    until: null,
    via: 'one-click',
  })

/** The engine in this process: the server's libSQL by its native driver. */
export interface Engine {
  exec(sql: string): void
  prepare(sql: string): {
    raw(): { all(args: unknown[]): unknown[][] }
    run(args: unknown[]): unknown
  }
  close(): void
}

/** Opens a database file in this process. */
export function openEngine(file: string): Engine {
  const require = createRequire(createRequire(import.meta.url).resolve('@libsql/client'))
  const Database = require('libsql') as new (file: string) => Engine
  return new Database(file)
}

/**
 * Fills the file of a stopped server with copies of its one suppression, under random ids; a million take two seconds. They
 * are inserted in order, which builds the tree sequentially.
 */
function fill(file: string, rows: number, ids: Uint8Array[]): void {
  const engine = openEngine(file)
  engine.exec('PRAGMA cache_size = -500000')
  const columns = engine.prepare('PRAGMA table_info(suppression)').raw().all([])
  const others = columns.map(column => column[1]).filter(name => name !== 'address_id')
  const insert = `INSERT INTO suppression (address_id, ${others}) SELECT`
  engine.exec(`${insert} randomblob(12), ${others} FROM number AS a CROSS JOIN number AS b CROSS JOIN suppression
    WHERE b.i * ${BATCH_MAX} + a.i < ${rows - ids.length} ORDER BY 1`)
  const one = engine.prepare(`${insert} ?, ${others} FROM suppression LIMIT 1`)
  engine.exec('BEGIN')
  for (const id of ids.slice(1)) one.run([Buffer.from(id)])
  engine.exec('COMMIT')
  engine.close()
}

/** Copies the current build of the bundle and the site. */
export function placeBuild(bundle: string, dir: string): Place {
  cpSync(dirname(bundle), `${dir}/worker`, { recursive: true })
  return { bundle: `${dir}/worker/index.js`, site: `${ROOT}/dist/site`, dir }
}

/** Returns the address ids of a list, packed as a check packs them. */
export const packed = (index: AddressIndex, addresses: readonly string[]): Uint8Array => {
  const { hashes, places } = packAddresses(new HashMany(), addresses)
  return packIds(index.ids(new HashMany(), hashes), places).bytes
}
