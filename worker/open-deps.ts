import { waitUntil } from 'cloudflare:workers'
import { RingCipher, TenantCipher } from '../core/cipher.ts'
import { systemClock } from '../core/clock.ts'
import { HashMany } from '../core/hash-many.ts'
import hashManyModule from '../core/hash-many.wasm'
import { uuid7 } from '../core/id.ts'
import { AddressIndexes, openKeyring } from '../core/keys.ts'
import { failureLine } from '../core/log.ts'
import { dataKeysOf, keepDataKey } from '../db/data-key.ts'
import { type Database, openDatabases } from '../db/engine/client.ts'
import { probeCluster } from '../db/engine/probe.ts'
import { type NoteCall, timed } from '../db/engine/timed.ts'
import { ReceiptKeys } from './consent/receipt-key.ts'
import type { Cluster, Deps } from './deps.ts'
import { openVault } from './encryption/setting.ts'
import { StoredKeys } from './encryption/stored-keys.ts'
import { type Bindings, parseEnv } from './env.ts'
import { RateLimits } from './http/rate-limit.ts'
import { RuntimeWordsReader } from './http/words.ts'
import type { InboundDeps } from './inbound/deps.ts'
import { SnsKeys } from './inbound/sns-keys.ts'
import { laneCalls } from './lane/call.ts'
import { openMailer } from './mail/open.ts'
import type { PreferenceDeps } from './preference/deps.ts'
import type { RightsDeps } from './rights/deps.ts'
import { AccessSessions } from './rights/session.ts'
import type { TelemetryDeps } from './telemetry/deps.ts'
import { Metrics } from './telemetry/metrics.ts'
import type { WebhookDeps } from './webhook/deps.ts'
import { dnsOverHttps } from './webhook/resolver.ts'

/** Dependencies of all features. */
export type AllDeps = PreferenceDeps & RightsDeps & InboundDeps & WebhookDeps & TelemetryDeps

/** Builds the dependencies from the bindings, for the first cluster. Nothing else constructs any. */
export function openDeps(bindings: Bindings): AllDeps {
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
            await db.commit(keepDataKey(row, { kind: 'floe' }), 'results')
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
    unknownCluster: {
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
    words: new RuntimeWordsReader(bindings.ASSETS),
    idempotency: { open: name => bindings.IDEMPOTENCY.get(bindings.IDEMPOTENCY.idFromName(name)) },
    resolve: dnsOverHttps(settings.dnsUrl),
    targets: settings.targets,
    topicOwners: new Map(),
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
