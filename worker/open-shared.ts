import { waitUntil } from 'cloudflare:workers'
import { TenantCipher } from '../core/cipher.ts'
import { systemClock } from '../core/clock.ts'
import { HashMany } from '../core/hash-many.ts'
import hashManyModule from '../core/hash-many.wasm'
import type { WorkerName } from '../core/holdings.ts'
import { uuid7 } from '../core/id.ts'
import { AddressIndexes, openKeyring } from '../core/keys.ts'
import { failureLine } from '../core/log.ts'
import type { ValuesOf } from '../core/setting.ts'
import { dataKeysOf, keepDataKey } from '../db/data-key.ts'
import { type Database, openDatabases } from '../db/engine/client.ts'
import { probeCluster } from '../db/engine/probe.ts'
import { type NoteCall, timed } from '../db/engine/timed.ts'
import type { Cluster, Deps } from './deps.ts'
import type { EDGE_SETTINGS, SharedBindings } from './edge-settings.ts'
import { openVault } from './encryption/setting.ts'
import { StoredKeys } from './encryption/stored-keys.ts'
import { RateLimits } from './http/rate-limit.ts'
import { RuntimeWordsReader } from './http/words.ts'
import { laneCalls, readLaneCall } from './lane/call.ts'
import type { PreferenceDeps } from './preference/deps.ts'
import type { TelemetryDeps } from './telemetry/deps.ts'
import { Metrics } from './telemetry/metrics.ts'

/** Dependencies of the features that both Workers have. */
export type SharedDeps = PreferenceDeps & TelemetryDeps

/** Builds what both Workers need from the settings that both have, for the first cluster. */
export function openShared(
  worker: WorkerName,
  settings: ValuesOf<typeof EDGE_SETTINGS>,
  bindings: SharedBindings,
): SharedDeps {
  const metrics = new Metrics({ worker, isolate: crypto.randomUUID(), ...settings.version })
  const writeLine = (line: string) => console.log(line)
  const log: Deps['log'] = (event, error, request) => {
    metrics.failed(event, error)
    writeLine(failureLine(event, error, request))
  }
  const databaseOf = openDatabases(
    new Map(
      settings.clusters.map(each => [
        each.number,
        {
          ...each,
          lane: laneCalls(bindings.LANE, each, log),
          readLane: readLaneCall(bindings.READ_LANE, each, log),
          clock: systemClock,
          background: waitUntil,
          log,
        },
      ]),
    ),
  )
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
  const unknown = timed(databaseOf(-1), systemClock, (...call) => {
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
      db: unknown,
      cipher: cipherOf(unknown),
      probe: async () => ({ primary: undefined, replicas: [] }),
    },
    baseUrl: settings.baseUrl,
    clock: systemClock,
    ids: uuid7,
    keyring: openKeyring(settings.tokenKeys),
    indexes: new AddressIndexes(settings.indexKey),
    hashMany: new HashMany(hashManyModule),
    ratePolicy: settings.ratePolicy,
    rates: new RateLimits(settings.ratePolicy, bindings.SENDER_RATE),
    publicRates: new RateLimits(settings.publicRatePolicy, bindings.PUBLIC_RATE),
    site: bindings.ASSETS,
    words: new RuntimeWordsReader(bindings.ASSETS),
    topicOwners: new Map(),
    hosts: new Map(),
    background: waitUntil,
    log,
    writeLine,
    logLevel: settings.logLevel,
    metrics,
    sendsMail: settings.sendsMail,
  }
}
