import { waitUntil } from 'cloudflare:workers'
import { RingCipher, TenantCipher } from '../core/cipher.ts'
import { type Clock, systemClock } from '../core/clock.ts'
import { HashMany } from '../core/hash-many.ts'
import hashManyModule from '../core/hash-many.wasm'
import { type Ids, uuid7 } from '../core/id.ts'
import { AddressIndexes, type Keyring, openKeyring } from '../core/keys.ts'
import { failureLine, type LogLevel } from '../core/log.ts'
import { dataKeysOf, keepDataKey } from '../db/data-key.ts'
import { type Database, openDatabases } from '../db/engine/client.ts'
import { type NodeState, probeCluster } from '../db/engine/probe.ts'
import { type NoteCall, timed } from '../db/engine/timed.ts'
import { RateLimits, type RatePolicy } from './access/rate-limit.ts'
import { ReceiptKeys } from './consent/receipt-key.ts'
import { openVault } from './encryption/setting.ts'
import { StoredKeys } from './encryption/stored-keys.ts'
import { type Bindings, parseEnv, type Version } from './env.ts'
import type { IdempotencyRecords } from './http/idempotency.ts'
import { Words } from './http/words.ts'
import { SnsKeys } from './inbound/sns-keys.ts'
import { laneCalls } from './lane/call.ts'
import type { Mailer } from './mail/mailer.ts'
import { openMailer } from './mail/open.ts'
import { AccessSessions } from './rights/session.ts'
import { Metrics } from './telemetry/metrics.ts'
import type { Place } from './unsubscribe/place.ts'
import { dnsOverHttps, type Resolver } from './webhook/resolver.ts'
import type { TargetPolicy } from './webhook/target.ts'

/** A cluster: a database with its primary, replicas and write lane. */
export interface Cluster {
  /** Its number, which the numbers of its tenants begin with; -1 for one that no setting names. */
  cluster: number
  db: Database
  /** Seals what the rows of its tenants hold, under keys that it keeps itself. */
  cipher: TenantCipher
  /** Asks every node of the cluster how it stands. */
  probe(): Promise<{ primary: NodeState | undefined; replicas: (NodeState | undefined)[] }>
}

/** Everything a verb may need from outside. Its own cluster is the one that the request is about (`cluster/home.ts`). */
export interface Deps extends Cluster {
  baseUrl: string
  /** Every cluster there is, the first one first. */
  clusters: readonly Cluster[]
  /** What stands for one that no setting names: it never answers. */
  noCluster: Cluster
  clock: Clock
  ids: Ids
  keyring: Keyring
  /** Signs what opens somebody's data: whoever has the other one opens nothing. */
  accessKeyring: Keyring
  indexes: AddressIndexes
  /** Encrypts what is handed out and comes back, without a look at the database. */
  ring: RingCipher
  /** Whether there is a `DATA_KEY`: what was sealed under it goes with that secret alone, and not on a day. */
  hasFormerKey: boolean
  hashMany: HashMany
  receipts: ReceiptKeys
  sessions: AccessSessions
  /** The way out for mail; undefined where senders mail confirmations themselves. */
  mailer: Mailer | undefined
  /** From which address confirmations are mailed where a workspace has none of its own. */
  mailFrom: string
  /** Where weaknesses are reported to; undefined where nobody said. */
  securityContact: string | undefined
  /** Where DKIM keys are looked up: a resolver of DNS over HTTPS. */
  dnsUrl: string
  /** Whose signature makes a mail a complaint: domains, or addresses at them. */
  reporters: readonly string[]
  /** What Amazon SNS signs with. */
  snsKeys: SnsKeys
  ratePolicy: RatePolicy
  rates: RateLimits
  /** What each network may ask of public routes. */
  publicRates: RateLimits
  site: Fetcher
  /** What is said in the reader's language, beside the pages. */
  words: Words
  /** What became of calls that were made under an `Idempotency-Key`. */
  idempotency: IdempotencyRecords
  /** What a host's name stands for at present. */
  resolve: Resolver
  /** Where webhooks may go. */
  targets: TargetPolicy
  /** Where a topic belongs, as read so far. */
  places: Map<number, Place>
  /** Whose links stand on a host, as asked so far. */
  hosts: Map<string, { workspace: number | undefined; asOf: number }>
  /** Lets a request's afterthought finish when its answer is out. */
  background(work: Promise<unknown>): void
  /** Writes one line about a failure, and the id of its request where it has one. */
  log(event: string, error: unknown, request?: string): void
  /** Writes a line of the log as it is. */
  writeLine(line: string): void
  logLevel: LogLevel
  version: Version
  /** What this isolate is called in what it tells of itself. */
  isolate: string
  metrics: Metrics
  /** What opens `/metrics`; undefined where nobody is to read it. */
  metricsToken: string | undefined
}

/** Builds the dependencies from the bindings, of the first cluster: the only place that constructs any. */
export function openDeps(bindings: Bindings): Deps {
  const settings = parseEnv(bindings)
  const metrics = new Metrics()
  const writeLine = (line: string) => console.log(line)
  const databaseOf = openDatabases(
    new Map(
      settings.clusters.map(each => [
        each.number,
        { ...each, lane: laneCalls(bindings.LANE, each), clock: systemClock, background: waitUntil },
      ]),
    ),
  )
  const log: Deps['log'] = (event, error, request) => {
    metrics.failed(event, error)
    writeLine(failureLine(event, error, request))
  }
  const asked: NoteCall = (call, outcome, ms) => metrics.asked(call, outcome, ms)
  const vault = openVault(settings.vault)
  const cipherOf = (db: Database) =>
    new TenantCipher(
      new StoredKeys({
        store: {
          read: async tenant => (await db.read('fresh', [dataKeysOf(tenant)]))[0],
          keep: async row => {
            await db.commit(keepDataKey(row, 'floe'), 'results')
          },
        },
        vault,
        former: settings.dataKey,
        clock: systemClock,
        background: waitUntil,
        log,
      }),
    )
  const nowhere = timed(databaseOf(-1), systemClock, (...call) => {
    asked(...call)
    log('cluster', new Error('no setting names it'))
  })
  const clusters = settings.clusters.map(({ number, primary, replicas }): Cluster => {
    const db = timed(databaseOf(number), systemClock, asked)
    const probe = () => probeCluster(primary, replicas, systemClock)
    return { cluster: number, db, cipher: cipherOf(db), probe }
  })
  return {
    ...clusters[0]!,
    clusters,
    noCluster: {
      cluster: -1,
      db: nowhere,
      cipher: cipherOf(nowhere),
      probe: async () => ({ primary: undefined, replicas: [] }),
    },
    baseUrl: settings.baseUrl,
    clock: systemClock,
    ids: uuid7,
    keyring: openKeyring(settings.tokenKeys),
    accessKeyring: openKeyring(settings.accessKeys),
    indexes: new AddressIndexes(settings.indexKey),
    ring: new RingCipher(settings.tokenKeys, settings.dataKey),
    hasFormerKey: settings.dataKey !== undefined,
    hashMany: new HashMany(hashManyModule),
    receipts: new ReceiptKeys(settings.receiptKeys),
    sessions: new AccessSessions(settings.accessKeys, settings.baseUrl),
    mailer: openMailer(settings.mail),
    mailFrom: settings.mailFrom,
    securityContact: settings.securityContact,
    dnsUrl: settings.dnsUrl,
    reporters: settings.reporters,
    snsKeys: new SnsKeys(),
    ratePolicy: settings.ratePolicy,
    rates: new RateLimits(settings.ratePolicy, bindings.SENDER_RATE),
    publicRates: new RateLimits(settings.publicRatePolicy, bindings.PUBLIC_RATE),
    site: bindings.ASSETS,
    words: new Words(bindings.ASSETS),
    idempotency: { open: name => bindings.IDEMPOTENCY.get(bindings.IDEMPOTENCY.idFromName(name)) },
    resolve: dnsOverHttps(settings.dnsUrl),
    targets: settings.targets,
    places: new Map(),
    hosts: new Map(),
    background: waitUntil,
    log,
    writeLine,
    logLevel: settings.logLevel,
    version: settings.version,
    isolate: crypto.randomUUID(),
    metrics,
    metricsToken: settings.metricsToken,
  }
}
