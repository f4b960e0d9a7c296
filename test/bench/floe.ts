import { cpSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressIndex, addressHash, BATCH_MAX } from '../../core/address.ts'
import { systemClock } from '../../core/clock.ts'
import { topicScope } from '../../core/codes/scope.ts'
import { HashMany } from '../../core/hash-many.ts'
import { shareOf, type WorkerName } from '../../core/holdings.ts'
import { uuid7 } from '../../core/id.ts'
import { AddressIndexes, openKeyring, parseKey, parseKeyring } from '../../core/keys.ts'
import { packAddresses, packIds } from '../../core/pack.ts'
import { mintToken } from '../../core/token.ts'
import type { Value } from '../../core/write/statement.ts'
import { run } from '../../db/engine/hrana.ts'
import { type LocalCluster, startCluster } from '../../local/cluster.ts'
import { ROOT } from '../../local/folder.ts'
import { freePorts } from '../../local/port.ts'
import { type LocalSecrets, newSecrets } from '../../local/secrets.ts'
import { type Seeded, seed } from '../../local/seed.ts'
import { BUNDLES, WORKERS } from '../../local/workers.ts'
import { migrate } from '../../ops/migrate.ts'
import { commitAsOperator } from '../../ops/operator.ts'
import { actingAs } from '../../worker/call/context.ts'
import { stopAct } from '../../worker/suppression/statements.ts'
import { type Wire, wire } from './load.ts'
import { type Served, serve, type WorkerdOptions, type WorkerOptions } from './workerd.ts'

/** A Floe as deployed, on one machine: a database, and the built Workers in one bare workerd. */
export interface Floe extends Seeded {
  worker: Served
  /** Where `floe-app` answers by itself. */
  appUrl: string
  database: LocalCluster
  indexes: AddressIndexes
  /** Vars and secrets of its Workers. */
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

/** The measured scripts, copied so that no later build replaces them, the site, and a folder for other files. */
export interface Place {
  scripts: Record<WorkerName, string>
  site: string
  dir: string
}

/** Copies the scripts of the current build. */
export function placeBuild(dir: string): Place {
  const folder = `${dir}/build`
  cpSync(BUNDLES, folder, { recursive: true })
  const scripts = Object.fromEntries(WORKERS.map(({ name }) => [name, `${folder}/${name}/index.js`]))
  return { scripts: scripts as Place['scripts'], site: `${ROOT}/dist/site`, dir }
}

/** Durable Object classes, by the Worker that exports them. */
const CLASSES: Partial<Record<WorkerName, string[]>> = {
  'floe-app': ['IdempotencyRecord'],
  'floe-lane': ['WriteLane', 'ReadLane'],
}

/** What the platform binds to Workers, and the service that it leads to. */
const BINDINGS = {
  ASSETS: ['site', 'service = "site"'],
  APP: ['floe-app', 'service = "floe-app"'],
  IDEMPOTENCY: [
    'floe-app',
    'durableObjectNamespace = (className = "IdempotencyRecord", serviceName = "floe-app")',
  ],
  LANE: ['floe-lane', 'durableObjectNamespace = (className = "WriteLane", serviceName = "floe-lane")'],
  READ_LANE: ['floe-lane', 'durableObjectNamespace = (className = "ReadLane", serviceName = "floe-lane")'],
} as const

const SERVED: readonly WorkerName[] = ['floe', 'floe-app', 'floe-lane']

/** Returns Workers with their share of the vars and of what leads to each other; nothing leads to one that is not among them. */
export function workersOf(
  { scripts }: Pick<Place, 'scripts'>,
  vars: Record<string, string>,
  ports: Partial<Record<WorkerName, number>>,
  names = SERVED,
): WorkerOptions[] {
  const reached = ['site', ...names]
  const bindings = Object.fromEntries(
    Object.entries(BINDINGS).flatMap(([name, [service, text]]) =>
      reached.includes(service) ? [[name, text]] : [],
    ),
  )
  return names.map(name => ({
    name,
    script: scripts[name],
    port: ports[name],
    vars: shareOf(name, vars),
    bindings: shareOf(name, bindings),
    classNames: CLASSES[name],
  }))
}

/** Starts a Floe whose demo tenant has `rows` suppressions, those of `suppressed` included. */
export async function startFloe(
  name: string,
  place: Place,
  rows = 0,
  suppressed: string[] = [],
  { bounded }: Pick<WorkerdOptions, 'bounded'> = {},
): Promise<Floe> {
  const folder = `${place.dir}/${name}`
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
    await commitAsOperator({ url: database.primaryUrl }, [clickOf(seeded, ids[0]!)])
    await database.stop()
    fill(file, rows, ids)
    database = await startCluster({ dir: folder })
  }
  const vars = varsOf(secrets, database)
  const [port, appPort] = (await freePorts(2)) as [number, number]
  const workers = workersOf(place, vars, { floe: port, 'floe-app': appPort })
  const worker = await serve({ dir: `${folder}/workers`, workers, site: place.site, bounded })
  return {
    ...seeded,
    worker,
    appUrl: `http://127.0.0.1:${appPort}`,
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

/** Returns the vars and secrets of Workers that mail nothing and whose senders are never too many. */
export const varsOf = (
  secrets: LocalSecrets,
  { primaryUrl, replicaUrls }: Pick<LocalCluster, 'primaryUrl' | 'replicaUrls'>,
): Record<string, string> => ({
  BASE_URL: 'https://floe.example.com',
  DATABASE_URL: primaryUrl,
  REPLICA_URLS: replicaUrls.join(','),
  TOKEN_KEYS: secrets.tokenKeys,
  ACCESS_KEYS: secrets.accessKeys,
  INDEX_KEY: secrets.indexKey,
  KEY_ENCRYPTION_KEYS: secrets.keyEncryptionKeys,
  RECEIPT_KEYS: secrets.receiptKeys,
  MAIL_URL: 'none:',
  SENDS_MAIL: 'false',
  // A load exceeds a sender's rate limit.
  SENDER_RATE_UNITS: '999999999',
})

/** Returns the act of a one-click unsubscribe. */
const clickOf = ({ tenant, workspace, topics }: Seeded, addressId: Uint8Array) =>
  stopAct(
    { ...actingAs({ clock: systemClock, ids: uuid7 }, { kind: 'recipient' }), hashMany: new HashMany() },
    {
      at: Date.now(),
      tenant,
      workspace,
      addressId,
      scope: topicScope(topics.news),
      reason: 'unsubscribed',
      until: null,
      via: 'one-click',
    },
  )

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

/** Returns the address ids of a list, packed as a check packs them. */
export const packed = (index: AddressIndex, addresses: readonly string[]): Uint8Array => {
  const { hashes, places } = packAddresses(new HashMany(), addresses)
  return packIds(index.ids(new HashMany(), hashes), places).bytes
}
