import { waitUntil } from 'cloudflare:workers'
import { type Database, openDatabase } from '../db/client.ts'
import { dataKeysOf, keepDataKey } from '../db/data-key.ts'
import { type NodeState, probeCluster } from '../db/probe.ts'
import { timed } from '../db/timed.ts'
import { RateLimits, type RatePolicy } from './access/rate-limit.ts'
import { ReceiptKeys } from './consent/receipt-key.ts'
import { RingCipher, TenantCipher } from './core/cipher.ts'
import { type Clock, systemClock } from './core/clock.ts'
import { HashMany } from './core/hash-many.ts'
import hashManyModule from './core/hash-many.wasm'
import { type Ids, uuid7 } from './core/id.ts'
import { AddressIndexes, type Keyring, openKeyring } from './core/keys.ts'
import { failureLine, type LogLevel } from './core/log.ts'
import { openVault } from './encryption/setting.ts'
import { StoredKeys } from './encryption/stored-keys.ts'
import { type Bindings, parseEnv, type Version } from './env.ts'
import type { IdempotencyRecords } from './http/idempotency.ts'
import { Words } from './http/words.ts'
import { SnsKeys } from './inbound/sns-keys.ts'
import { laneCalls } from './lane/call.ts'
import type { LaneStatus } from './lane/status.ts'
import type { Mailer } from './mail/mailer.ts'
import { openMailer } from './mail/open.ts'
import { AccessSessions } from './rights/session.ts'
import { Metrics } from './telemetry/metrics.ts'
import type { Place } from './unsubscribe/place.ts'
import { dnsOverHttps, type Resolver } from './webhook/resolver.ts'
import type { TargetPolicy } from './webhook/target.ts'

/** Everything a verb may need from outside. */
export interface Deps {
  baseUrl: string
  db: Database
  clock: Clock
  ids: Ids
  keyring: Keyring
  indexes: AddressIndexes
  cipher: TenantCipher
  /** Encrypts what is handed out and comes back, without a look at the database. */
  ring: RingCipher
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
  /** What Amazon SNS signs with. */
  snsKeys: SnsKeys
  ratePolicy: RatePolicy
  rates: RateLimits
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
  /** Asks every node of the cluster how it stands. */
  probe(): Promise<{ primary: NodeState | undefined; replicas: (NodeState | undefined)[] }>
  /** Asks the write lane what it holds. */
  laneStatus(): Promise<LaneStatus>
}

/** Builds the dependencies from the bindings: the only place that constructs any. */
export function openDeps(bindings: Bindings): Deps {
  const settings = parseEnv(bindings)
  const metrics = new Metrics()
  const writeLine = (line: string) => console.log(line)
  const lane = laneCalls(bindings.LANE, 'primary')
  const { primary, replicas } = settings
  const opened = openDatabase({ primary, replicas, lane, clock: systemClock, background: waitUntil })
  const db = timed(opened, systemClock, (call, outcome, ms) => metrics.asked(call, outcome, ms))
  const log = (event: string, error: unknown, request?: string) => {
    metrics.failed(event, error)
    writeLine(failureLine(event, error, request))
  }
  const keys = new StoredKeys({
    store: {
      read: async tenant => (await db.read('fresh', [dataKeysOf(tenant)]))[0],
      keep: async row => {
        await db.commit(keepDataKey(row, 'floe'), 'results')
      },
    },
    vault: openVault(settings.vault),
    former: settings.dataKey,
    clock: systemClock,
    background: waitUntil,
    log,
  })
  return {
    baseUrl: settings.baseUrl,
    db,
    clock: systemClock,
    ids: uuid7,
    keyring: openKeyring(settings.tokenKeys),
    indexes: new AddressIndexes(settings.indexKey),
    cipher: new TenantCipher(keys),
    ring: new RingCipher(settings.tokenKeys, settings.dataKey),
    hashMany: new HashMany(hashManyModule),
    receipts: new ReceiptKeys(settings.receiptKeys),
    sessions: new AccessSessions(settings.tokenKeys, settings.baseUrl),
    mailer: openMailer(settings.mail),
    mailFrom: settings.mailFrom,
    securityContact: settings.securityContact,
    dnsUrl: settings.dnsUrl,
    snsKeys: new SnsKeys(),
    ratePolicy: settings.ratePolicy,
    rates: new RateLimits(settings.ratePolicy, bindings.SENDER_RATE),
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
    probe: () => probeCluster(primary, replicas, systemClock),
    laneStatus: () => lane.status(),
  }
}
