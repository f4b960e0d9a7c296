import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import type { Request as OutboundRequest, Response as OutboundResponse } from 'miniflare'
import { test as base, expect } from 'vitest'
import { type Endpoint, run, type Value } from '../../db/hrana.ts'
import { type Cluster, startCluster } from '../../db/local.ts'
import { migrate } from '../../db/migrate.ts'
import { type Seeded, seed } from '../../db/seed.ts'
import { type LocalSecrets, newSecrets } from '../../local/secrets.ts'
import { serveWorker } from '../../local/serve-worker.ts'
import { type Keyring, openKeyring, parseKeyring } from '../../worker/core/keys.ts'

/** A Floe of its own: a libSQL server, the built Worker in workerd, the two demo tenants, and what a test asks of them. */
export interface World extends Seeded {
  url: string
  keyring: Keyring
  tokenKeys: string
  indexKey: string
  /** What its Worker is given: another one with the same stands for the next deploy. */
  bindings: Record<string, string>
  database: Cluster
  /** Where its database keeps its files. */
  dir: string
  /** Puts another Worker in the place of the one that runs, with other bindings, or without some: the next deploy. */
  redeploy(bindings: Record<string, string | undefined>): Promise<void>
  /** Runs the Worker's schedule once. */
  runCron(): Promise<void>
  /** Ends the Worker and starts it again, on another port. */
  restartWorker(): Promise<void>
  /** Hands the Worker a mail, as Email Routing does, and returns why it refused it, or nothing. */
  mail(to: string, mail: string, from?: string): Promise<string | undefined>
  /** Sends JSON with the demo tenant's key, unless `init` says otherwise. */
  call(path: string, body: unknown, init?: RequestInit & { key?: string | null }): Promise<Response>
  /** Fetches a path or address without following redirects. */
  fetch(pathOrUrl: string, init?: RequestInit): Promise<Response>
  /** Mints the link of a recipient and returns the two addresses. */
  links(address: string, topic?: string): Promise<{ unsubscribeUrl: string; preferencesUrl: string }>
  /** Asks whether one recipient may be mailed. */
  check(
    address: string,
    more?: object,
  ): Promise<{ decision: string; reason?: string; [more: string]: unknown }>
  sql(text: string, args?: Value[]): Promise<Value[][]>
  /** Everything the database holds about recipients, so that a test can say that nothing changed. */
  holdings(): Promise<unknown>
  /** Runs `act` and demands that it wrote nothing about anybody. */
  writesNothing<T>(act: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** What can be chosen about a world. */
export interface WorldOptions {
  replicas?: number
  bindings?: Record<string, string>
  /** Whether it is one from before there were data keys: what is there is sealed under a `DATA_KEY`. */
  former?: boolean
  /** Where the Worker's Durable Objects keep their storage; without it they forget it when it ends. */
  persist?: string
  /** Takes whatever its Worker prints. */
  listen?: (text: string) => void
  /** Answers what the Worker asks of other hosts, the database included. */
  outbound?: (request: OutboundRequest) => OutboundResponse | Promise<OutboundResponse>
}

/** Starts a world with a database of its own. */
export async function openWorld({
  replicas = 0,
  bindings = {},
  former = false,
  persist,
  listen,
  outbound,
}: WorldOptions = {}): Promise<World> {
  const dir = await mkdtemp(`${tmpdir()}/floe-test-`)
  const database = await startCluster({ dir, replicas })
  const endpoint: Endpoint = { url: database.primaryUrl }
  await migrate(endpoint.url)
  const secrets: LocalSecrets = {
    ...newSecrets(),
    ...(former && { dataKey: randomBytes(32).toString('base64url') }),
  }
  const seeded = await seed(endpoint.url, secrets)
  const given = {
    BASE_URL: 'https://floe.example.com',
    DATABASE_URL: database.primaryUrl,
    REPLICA_URLS: database.replicaUrls.join(','),
    TOKEN_KEYS: secrets.tokenKeys,
    INDEX_KEY: secrets.indexKey,
    KEY_ENCRYPTION_KEYS: secrets.keyEncryptionKeys,
    ...(secrets.dataKey !== undefined && { DATA_KEY: secrets.dataKey }),
    RECEIPT_KEYS: secrets.receiptKeys,
    ...bindings,
  }
  const options = {
    port: 0,
    bindings: given,
    ...(persist !== undefined && { persist }),
    ...(listen && { listen }),
    ...(outbound && { outbound }),
  }
  let worker = await serveWorker(options)
  const reach: World['fetch'] = (pathOrUrl, init) =>
    fetch(`${world.url}${pathOrUrl.replace(/^https:\/\/floe\.example\.com/, '')}`, {
      redirect: 'manual',
      ...init,
      // A connection that was left open may be closed just as the next request takes it, which is no answer of a Floe.
      headers: { connection: 'close', ...plain(init?.headers) },
    })
  const world: World = {
    ...seeded,
    url: worker.url,
    keyring: openKeyring(parseKeyring(secrets.tokenKeys)!),
    tokenKeys: secrets.tokenKeys,
    indexKey: secrets.indexKey,
    bindings: given,
    database,
    dir,
    async redeploy(others) {
      await worker.stop()
      const next = Object.entries({ ...given, ...others }).filter(([, value]) => value !== undefined)
      worker = await serveWorker({ ...options, bindings: Object.fromEntries(next) as Record<string, string> })
      world.url = worker.url
    },
    runCron: () => worker.runCron(),
    restartWorker: () => world.redeploy({}),
    mail: (to, mail, from = 'ada@example.com') => worker.receiveMail({ from, to }, mail),
    fetch: reach,
    ...askingAs(reach, seeded, endpoint),
    async close() {
      await worker.stop()
      await database.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
  return world
}

/** What the demo's tenants in one database ask of the Worker, and what that database holds. */
export type Asking = Pick<World, 'call' | 'links' | 'check' | 'sql' | 'holdings' | 'writesNothing'>

/** Returns what a test asks by way of the Worker that `reach` reaches, with the keys of the tenants in a database. */
export function askingAs(reach: World['fetch'], seeded: Seeded, endpoint: Endpoint): Asking {
  const asking: Asking = {
    call: (path, body, { key = seeded.apiKey, ...init } = {}) =>
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
    async sql(text, args = []) {
      const [result] = await run(endpoint, [{ sql: text, args }], 5000)
      return result!.rows
    },
    holdings: async () => ({
      suppressions: await asking.sql('SELECT * FROM suppression'),
      platform: await asking.sql('SELECT * FROM platform_suppression'),
      addresses: await asking.sql('SELECT * FROM address'),
      subscriptions: await asking.sql('SELECT * FROM subscription'),
      requests: await asking.sql('SELECT * FROM subscription_request'),
      choices: await asking.sql('SELECT * FROM recipient_choice'),
      keys: await asking.sql('SELECT * FROM recipient_key'),
      dataKeys: await asking.sql('SELECT * FROM data_key'),
      rightsLinks: await asking.sql('SELECT * FROM rights_link'),
      rightsRequests: await asking.sql('SELECT * FROM rights_request'),
      successions: await asking.sql('SELECT * FROM succession'),
      reports: await asking.sql('SELECT * FROM inbound_report'),
      connections: await asking.sql('SELECT * FROM inbound_connection'),
      webhooks: await asking.sql('SELECT * FROM webhook_endpoint'),
      deliveries: await asking.sql('SELECT * FROM webhook_delivery'),
      events: await asking.sql('SELECT * FROM event'),
    }),
    async writesNothing(act) {
      const before = await asking.holdings()
      const result = await act()
      expect(await asking.holdings()).toEqual(before)
      return result
    },
  }
  return asking
}

function plain(headers: RequestInit['headers']): Record<string, string> {
  const fields: Record<string, string> = {}
  new Headers(headers).forEach((value, name) => {
    fields[name] = value
  })
  return fields
}

/** Returns the JSON of an answer, and fails the test with its text when it is not a 200. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export async function answered(response: Response): Promise<any> {
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return JSON.parse(text)
}

/** A test with a world: `world` is its own, `sharedWorld` the file's, for tables of refusals that write nothing. */
export const test = base
  .extend<{ world: World }>({
    world: async ({}, use) => {
      const world = await openWorld()
      await use(world)
      await world.close()
    },
  })
  .extend<{ $file: { sharedWorld: World } }>({
    sharedWorld: [
      async ({}, use) => {
        const world = await openWorld()
        await use(world)
        await world.close()
      },
      { scope: 'file' },
    ],
  })

/** A test whose file shares a Floe, `wide`, that tells no key to slow down, so that every case of many meets what it is meant for. */
export const wideTest = test.extend<{ $file: { wide: World } }>({
  wide: [
    async ({}, use) => {
      const world = await openWorld({ bindings: { SENDER_RATE_UNITS: '900000000' } })
      await use(world)
      await world.close()
    },
    { scope: 'file' },
  ],
})
