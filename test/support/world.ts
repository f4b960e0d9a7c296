import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { test as base, expect, inject } from 'vitest'
import { fromHex } from '../../core/bytes.ts'
import { type Keyring, openKeyring, parseKeyring } from '../../core/keys.ts'
import type { Value } from '../../core/write/statement.ts'
import { type Endpoint, run } from '../../db/engine/hrana.ts'
import { type LocalCluster, startCluster } from '../../local/cluster.ts'
import { copyOf } from './database.ts'
import { OWN, ownRows } from './own.ts'
import { makePlaces, type Place, type Stock } from './template.ts'
import { openWorker, type WorkerOptions } from './worker.ts'

/** What a test asks of a Floe as one tenant's sender, and what the database holds of that tenant. */
export interface World extends Omit<Place, 'addressIdHex'> {
  /** The id of `DEMO_ADDRESS` at the tenant, which keeps that address. */
  addressId: Uint8Array
  url: string
  keyring: Keyring
  accessKeyring: Keyring
  tokenKeys: string
  indexKey: string
  /** What its Worker is given: another one with the same stands for the next deploy. */
  bindings: Record<string, string>
  /** The primary of its database. */
  endpoint: Endpoint
  /** Runs the Worker's schedule once, for every tenant there is. */
  runCron(): Promise<void>
  /** Hands the Worker a mail, as Email Routing does, and returns why it refused it, or nothing. */
  mail(to: string, mail: string, from?: string): Promise<string | undefined>
  /** Fetches a path or address without following redirects. */
  fetch(pathOrUrl: string, init?: RequestInit): Promise<Response>
  /** Sends JSON with the tenant's key, unless `init` says otherwise. */
  call(path: string, body: unknown, init?: RequestInit & { key?: string | null }): Promise<Response>
  /** Mints the link of a recipient and returns the two addresses. */
  links(address: string, topic?: string): Promise<{ unsubscribeUrl: string; preferencesUrl: string }>
  /** Asks whether one recipient may be mailed. */
  check(
    address: string,
    more?: object,
  ): Promise<{ decision: string; reason?: string; [more: string]: unknown }>
  /** Asks the database about the tenant: a table has the tenant's rows, `main.event` everybody's. */
  sql(text: string, args?: Value[]): Promise<Value[][]>
  /** Sets columns of the tenant's rows of a table: how a test lets time pass, or makes a setting no call makes. */
  update(table: OwnTable, set: string, args?: Value[], where?: string): Promise<void>
  /** Takes the tenant's rows out of a table. */
  remove(table: OwnTable): Promise<void>
  /** Everything the database holds of the tenant's recipients, so that a test can say that nothing changed. */
  holdings(): Promise<unknown>
  /** Runs `act` and demands that it wrote nothing about anybody of the tenant's. */
  writesNothing<T>(act: () => Promise<T>): Promise<T>
}

type OwnTable = keyof typeof OWN

/** What opens the metrics of every Floe here, and how its parts stand. */
export const OPERATOR_TOKEN = 'a-token-for-the-one-who-watches'

/** Asks whether a Floe is ready, as an operator does. */
export const readyz = ({ fetch }: Pick<World, 'fetch'>): Promise<Response> =>
  fetch('/readyz', { headers: { authorization: `Bearer ${OPERATOR_TOKEN}` } })

/** A world with a Floe of its own: what a test may stop, redeploy or count all rows of. Its tenant is the demo's. */
export interface OwnWorld extends World {
  database: LocalCluster
  /** Where its database keeps its files. */
  dir: string
  /** Puts another Worker in the place of the one that runs, with other bindings, or without some: the next deploy. */
  redeploy(bindings: Record<string, string | undefined>): Promise<void>
  /** Ends the Worker and starts it again, on another port. */
  restartWorker(): Promise<void>
  /** Asks or changes anything in the database. */
  raw(text: string, args?: Value[]): Promise<Value[][]>
  close(): Promise<void>
}

/** What can be chosen about a world. */
export interface WorldOptions extends WorkerOptions {
  replicas?: number
  /** How often the database brings its log into its file. */
  checkpointSeconds?: number
  bindings?: Record<string, string>
  /** Whether it is one from before there were data keys: what is there is sealed under a `DATA_KEY`. */
  former?: boolean
}

/** A running Floe: a libSQL server, the built Worker in workerd, and tenants to hand out. */
export interface Floe {
  /** A world of the next tenant that nobody has had. */
  next(): OwnWorld
  /** How many tenants nobody has had. */
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
  const endpoint: Endpoint = { url: database.primaryUrl }
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
        async redeploy(others) {
          const next = Object.entries({ ...given, ...others }).filter(([, value]) => value !== undefined)
          await worker.redeploy(Object.fromEntries(next) as Record<string, string>)
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

const ask = async (endpoint: Endpoint, sql: string, args: Value[]): Promise<Value[][]> =>
  (await run(endpoint, [{ sql, args }], 5000))[0]!.rows

/** What a tenant asks of the Worker, and what the database holds of it. */
export type Asking = Pick<
  World,
  'call' | 'links' | 'check' | 'sql' | 'update' | 'remove' | 'holdings' | 'writesNothing'
>

/** Returns what a tenant asks by way of the Worker that `reach` reaches, and of its database. */
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
    sql: (text, args = []) => ask(endpoint, `${ownRows(tenant)} ${text}`, args),
    async update(table, set, args = [], where = 'TRUE') {
      await ask(endpoint, `UPDATE ${table} SET ${set} WHERE ${OWN[table](tenant)} AND (${where})`, args)
    },
    async remove(table) {
      await ask(endpoint, `DELETE FROM ${table} WHERE ${OWN[table](tenant)}`, [])
    },
    async holdings() {
      const held = HELD.map(table => ({ sql: `${ownRows(tenant)} SELECT * FROM ${table}`, args: [] }))
      const results = await run(endpoint, held, 5000)
      return Object.fromEntries(HELD.map((table, i) => [table, results[i]!.rows]))
    },
    async writesNothing(act) {
      const before = await asking.holdings()
      const result = await act()
      expect(await asking.holdings()).toEqual(before)
      return result
    },
  }
  return asking
}

/** The tables of what is known of recipients, and of whoever is told of it. */
const HELD = [
  'suppression',
  'platform_suppression',
  'address',
  'subscription',
  'subscription_request',
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

/** Returns the JSON of an answer, and fails the test with its text when it is not a 200. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export async function answered(response: Response): Promise<any> {
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return JSON.parse(text)
}

/** What a file's tests have of worlds. */
interface Worlds {
  /** A tenant of the test's own in the Floe that its file shares. */
  world: World
  /** A Floe of the test's own: for what stops, redeploys or counts a whole one. */
  ownWorld: OwnWorld
  $file: {
    /** What the file's Floe is like; undefined where any will do. */
    options: WorldOptions | undefined
    floe: Floe
    /** One tenant that the file's tests share: for tables of refusals, which write nothing. */
    sharedWorld: World
  }
}

/** A Floe that the files of a process use one after another: starting one costs as much as many tests. */
export interface CommonFloe {
  /** Returns it with tenants enough for a file: another one when too many have been had. */
  forFile(): Promise<Floe>
  close(): Promise<void>
}

/** More than any file has tests with a tenant of their own. */
const A_FILES_TENANTS = 80

/** Keeps a Floe that is opened so for the files of a process. */
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

/** A test with a world; the Floe starts with the first that asks for one. */
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

/** A test whose file's Floe is like that. */
export const testWith = (options: WorldOptions) =>
  test.extend<{ $file: Pick<Worlds['$file'], 'options'> }>({
    options: [({}, use) => use(options), { scope: 'file' }],
  })

/** A test whose file's Floe tells no key to slow down, so that every case of many meets what it is meant for. */
export const wideTest = testWith({ bindings: { SENDER_RATE_UNITS: '900000000' } })
