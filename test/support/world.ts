import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import { test as base, expect, inject } from 'vitest'
import { fromHex } from '../../core/bytes.ts'
import { type Keyring, openKeyring, parseKeyring } from '../../core/keys.ts'
import type { Value } from '../../core/write/statement.ts'
import { type Endpoint, run } from '../../db/engine/hrana.ts'
import { type LocalCluster, startCluster } from '../../local/cluster.ts'
import type { Operator } from '../../ops/operator.ts'
import { copyOf } from './database.ts'
import { OWN, ofOwnRows } from './own.ts'
import { makePlaces, type Place, type Stock } from './template.ts'
import { openWorker, type WorkerOptions } from './worker.ts'

/** A Floe as one tenant's sender uses it, with the tenant's rows in the database. */
export interface World extends Omit<Place, 'addressIdHex'> {
  /** Address id of `DEMO_ADDRESS` in the tenant, where the address is stored. */
  addressId: Uint8Array
  url: string
  keyring: Keyring
  accessKeyring: Keyring
  tokenKeys: string
  indexKey: string
  /** Bindings of its Worker. */
  bindings: Record<string, string>
  /** Primary of its database. */
  endpoint: Operator
  /** Runs the Worker's schedule once, for all tenants. */
  runCron(): Promise<void>
  /** Delivers a mail to the Worker as Email Routing does, and returns the reason of a rejection. */
  mail(to: string, mail: string, from?: string): Promise<string | undefined>
  /** Fetches a path or URL without following redirects. */
  fetch(pathOrUrl: string, init?: RequestInit): Promise<Response>
  /** Sends JSON with the tenant's key, unless `init` differs. */
  call(path: string, body: unknown, init?: RequestInit & { key?: string | null }): Promise<Response>
  /** Mints the links of a recipient and returns the two URLs. */
  links(address: string, topic?: string): Promise<{ unsubscribeUrl: string; preferencesUrl: string }>
  /** Checks one recipient. */
  check(
    address: string,
    more?: object,
  ): Promise<{ decision: string; reason?: string; [more: string]: unknown }>
  /** Queries the tenant's rows: a table has the tenant's rows, `main.event` everybody's. */
  sql(text: string, args?: Value[]): Promise<Value[][]>
  /** Sets columns of the tenant's rows, to let time pass or to make a setting that no call makes. */
  update(table: OwnTable, set: string, args?: Value[], where?: string): Promise<void>
  /** Deletes the tenant's rows of a table. */
  remove(table: OwnTable): Promise<void>
  /** Returns all rows about the tenant's recipients, to compare them later. */
  holdings(): Promise<unknown>
  /** Runs `act` and expects that it changed none of these rows. */
  writesNothing<T>(act: () => Promise<T>): Promise<T>
}

type OwnTable = keyof typeof OWN

/** The METRICS_TOKEN of every Floe of tests. */
export const OPERATOR_TOKEN = 'a-token-for-the-one-who-watches'

/** Requests `/readyz` as an operator. */
export const readyz = ({ fetch }: Pick<World, 'fetch'>): Promise<Response> =>
  fetch('/readyz', { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } })

/** A world with a Floe of its own, which a test may stop, redeploy or count. Its tenant is the demo's. */
export interface OwnWorld extends World {
  database: LocalCluster
  /** Folder of its database. */
  dir: string
  /** Replaces the running Worker by one with other bindings, or without some, and maybe another lane, as a deploy does. */
  redeploy(bindings: Record<string, string | undefined>, lane?: string): Promise<void>
  /** Ends the Worker and starts it again on another port. */
  restartWorker(): Promise<void>
  /** Runs any statement in the database. */
  raw(text: string, args?: Value[]): Promise<Value[][]>
  close(): Promise<void>
}

/** The options of a world. */
export interface WorldOptions extends WorkerOptions {
  replicas?: number
  /** Interval of the database's checkpoints. */
  checkpointSeconds?: number
  bindings?: Record<string, string>
  /** Whether it dates from before data keys, with texts sealed under a `DATA_KEY`. */
  former?: boolean
}

/** A running Floe: a libSQL server, the built Worker in workerd, and tenants to hand out. */
export interface Floe {
  /** Returns a world of the next unused tenant. */
  next(): OwnWorld
  /** Number of unused tenants. */
  left(): number
  close(): Promise<void>
}

/** Starts a Floe with tenants for a file's tests to share. */
export const openFloe = (options: WorldOptions = {}): Promise<Floe> =>
  startFloe(inject('template').shared, options)

async function startFloe(
  stock: Stock,
  { replicas = 0, checkpointSeconds, bindings = {}, former = false, ...options }: WorldOptions,
): Promise<Floe> {
  const template = inject('template')
  const dir = await mkdtemp(`${tmpdir()}/floe-test-`)
  await copyOf(former ? template.migrated : stock.dir, dir)
  const database = await startCluster({ dir, replicas, ...(checkpointSeconds && { checkpointSeconds }) })
  const endpoint: Operator = { url: database.primaryUrl, as: 'test' }
  const secrets = {
    ...template.secrets,
    ...(former && { dataKey: randomBytes(32).toString('base64url') }),
  }
  const places = former ? await makePlaces(endpoint.url, secrets, 1) : stock.places
  const given = {
    BASE_URL: 'https://floe.example.com',
    DATABASE_URL: database.primaryUrl,
    REPLICA_URLS: database.replicaUrls.join(','),
    TOKEN_KEYS: secrets.tokenKeys,
    ACCESS_KEYS: secrets.accessKeys,
    INDEX_KEY: secrets.indexKey,
    KEY_ENCRYPTION_KEYS: secrets.keyEncryptionKeys,
    ...(secrets.dataKey !== undefined && { DATA_KEY: secrets.dataKey }),
    RECEIPT_KEYS: secrets.receiptKeys,
    METRICS_TOKEN: OPERATOR_TOKEN,
    MAIL_URL: 'none:',
    ...bindings,
  }
  const worker = await openWorker(given, options)
  const keyring = openKeyring(parseKeyring(secrets.tokenKeys)!)
  const accessKeyring = openKeyring(parseKeyring(secrets.accessKeys)!)
  let used = 0
  const close = async () => {
    await worker.stop()
    await database.stop()
    await rm(dir, { recursive: true, force: true })
  }
  return {
    close,
    left: () => places.length - used,
    next() {
      const place = places[used++]
      if (!place)
        throw new Error(`a file may have ${places.length} tenants; test/support/template.ts says so`)
      const { addressIdHex, ...rest } = place
      const reach: World['fetch'] = (pathOrUrl, init) =>
        fetch(`${worker.url}${pathOrUrl.replace(/^https:\/\/floe\.example\.com/, '')}`, {
          redirect: 'manual',
          ...init,
        })
      const world: OwnWorld = {
        ...rest,
        addressId: fromHex(addressIdHex, 12)!,
        url: worker.url,
        keyring,
        accessKeyring,
        tokenKeys: secrets.tokenKeys,
        indexKey: secrets.indexKey,
        bindings: given,
        endpoint,
        database,
        dir,
        async redeploy(others, lane) {
          const next = Object.entries({ ...given, ...others }).filter(([, value]) => value !== undefined)
          await worker.redeploy(Object.fromEntries(next) as Record<string, string>, lane)
          world.url = worker.url
        },
        runCron: worker.runCron,
        restartWorker: () => world.redeploy({}),
        mail: worker.mail,
        fetch: reach,
        raw: (text, args = []) => ask(endpoint, text, args),
        ...askingAs(reach, place, endpoint),
        close,
      }
      return world
    },
  }
}

/** Starts a world with a Floe of its own. */
export const openWorld = async (options: WorldOptions = {}): Promise<OwnWorld> =>
  (await startFloe(inject('template').own, options)).next()

/** Milliseconds after which a test's own query is given up: only a machine that stands still needs as long. */
const ASK_MS = 60_000

const ask = async (endpoint: Endpoint, sql: string, args: Value[]): Promise<Value[][]> =>
  (await run(endpoint, [{ sql, args }], ASK_MS))[0]!.rows

/** The calls and queries of a tenant. */
export type Asking = Pick<
  World,
  'call' | 'links' | 'check' | 'sql' | 'update' | 'remove' | 'holdings' | 'writesNothing'
>

/** Returns the calls of a tenant through `reach`, and its queries. */
export function askingAs(
  reach: World['fetch'],
  { apiKey, tenant }: Pick<Place, 'apiKey' | 'tenant'>,
  endpoint: Endpoint,
): Asking {
  const asking: Asking = {
    call: (path, body, { key = apiKey, ...init } = {}) =>
      reach(path, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: {
          'content-type': 'application/json',
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(init.headers as Record<string, string>),
        },
      }),
    async links(address, topic = 'news') {
      const { links } = await answered(await asking.call('/v1/links', { topic, recipients: [address] }))
      return links[0]
    },
    async check(address, more = { topic: 'news' }) {
      const { results } = await answered(await asking.call('/v1/check', { addresses: [address], ...more }))
      return results[0]
    },
    sql: (text, args = []) => ask(endpoint, ofOwnRows(tenant, text), args),
    async update(table, set, args = [], where = 'TRUE') {
      await ask(endpoint, `UPDATE ${table} SET ${set} WHERE ${OWN[table](tenant)} AND (${where})`, args)
    },
    async remove(table) {
      await ask(endpoint, `DELETE FROM ${table} WHERE ${OWN[table](tenant)}`, [])
    },
    async holdings() {
      // That somebody read what is held changes nothing of it.
      const rows = (table: (typeof HELD)[number]) =>
        table === 'event' ? "event WHERE type <> 'personal_data.read'" : table
      const held = HELD.map(table => ({ sql: ofOwnRows(tenant, `SELECT * FROM ${rows(table)}`), args: [] }))
      const results = await run(endpoint, held, ASK_MS)
      return Object.fromEntries(HELD.map((table, i) => [table, results[i]!.rows]))
    },
    async writesNothing(act) {
      const before = await asking.holdings()
      const result = await act()
      const after = await asking.holdings()
      // Asked first, since the runner takes far longer to find bytes equal.
      if (!isDeepStrictEqual(after, before)) expect(after).toEqual(before)
      return result
    },
  }
  return asking
}

/** The tables about recipients, and about receivers of events. */
const HELD = [
  'suppression',
  'platform_suppression',
  'address',
  'subscription',
  'subscription_request',
  'signup_form',
  'recipient_choice',
  'preference_allowance',
  'recipient_key',
  'data_key',
  'rights_link',
  'rights_request',
  'succession',
  'recipient_mail',
  'inbound_report',
  'inbound_signature',
  'inbound_connection',
  'webhook_endpoint',
  'webhook_delivery',
  'event',
] as const

/** Returns the JSON of a 200 answer, and fails the test with the text of any other. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export async function answered(response: Response): Promise<any> {
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return JSON.parse(text)
}

/** The worlds of a file's tests. */
interface Worlds {
  /** A tenant of the test's own in the file's shared Floe. */
  world: World
  /** A Floe of the test's own, for tests that stop, redeploy or count it. */
  ownWorld: OwnWorld
  $file: {
    /** Options of the file's Floe; undefined for a common one. */
    options: WorldOptions | undefined
    floe: Floe
    /** A tenant shared by the file's tests, for tables of refusals, which write nothing. */
    sharedWorld: World
  }
}

/** A Floe that the files of a process use in turn, since starting one costs as much as many tests. */
export interface CommonFloe {
  /** Returns it with enough unused tenants for a file, or a new one. */
  forFile(): Promise<Floe>
  close(): Promise<void>
}

/** More than the tenants any file needs. */
const A_FILES_TENANTS = 80

/** Returns the common Floe of a process's files, opened by `open`. */
export function commonFloe(open: () => Promise<Floe>): CommonFloe {
  let floe: Floe | undefined
  return {
    async forFile() {
      if (floe && floe.left() >= A_FILES_TENANTS) return floe
      await floe?.close()
      floe = await open()
      return floe
    },
    close: async () => floe?.close(),
  }
}

/** A test with a world; its Floe starts with the first test that uses one. */
export const test = base
  .extend<{ $worker: { common: CommonFloe }; $file: Worlds['$file'] }>({
    common: [
      async ({}, use) => {
        const common = commonFloe(openFloe)
        await use(common)
        await common.close()
      },
      { scope: 'worker' },
    ],
    options: [({}, use) => use(undefined), { scope: 'file' }],
    floe: [
      async ({ common, options }, use) => {
        if (!options) return use(await common.forFile())
        const floe = await openFloe(options)
        await use(floe)
        await floe.close()
      },
      { scope: 'file' },
    ],
    sharedWorld: [({ floe }, use) => use(floe.next()), { scope: 'file' }],
  })
  .extend<Pick<Worlds, 'world' | 'ownWorld'>>({
    world: ({ floe }, use) => use(floe.next()),
    ownWorld: async ({}, use) => {
      const world = await openWorld()
      await use(world)
      await world.close()
    },
  })

/** Returns a test whose file's Floe has these options. */
export const testWith = (options: WorldOptions) =>
  test.extend<{ $file: Pick<Worlds['$file'], 'options'> }>({
    options: [({}, use) => use(options), { scope: 'file' }],
  })

/** A test whose file's Floe has no effective rate limit, so that none of many cases is refused by it. */
export const wideTest = testWith({ bindings: { SENDER_RATE_UNITS: '900000000' } })
