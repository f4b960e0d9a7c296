import { mkdirSync } from 'node:fs'
import { AddressIndexes, type Keyring, openKeyring, parseKey, parseKeyring } from '../../core/keys.ts'
import type { Value } from '../../core/write/statement.ts'
import { run } from '../../db/engine/hrana.ts'
import { type Child, startChild, untilAnswering } from '../../local/child.ts'
import { type DatabaseNode, startNode } from '../../local/cluster.ts'
import { freePorts } from '../../local/port.ts'
import { newSecrets } from '../../local/secrets.ts'
import { type Seeded, seed } from '../../local/seed.ts'
import { migrate } from '../../ops/migrate.ts'
import { type Place, varsOf, workersOf } from '../bench/floe.ts'
import { bundleBaseline, prepare } from '../bench/workerd.ts'
import { openRelay, type Relay } from '../conformance/relay.ts'

/** Parts of a plant that can be killed; the Workers are one process. */
export type Part = 'primary' | 'replica' | 'worker'

/** A Worker with a fault in the place of one: a `floe-app` that throws, or a `floe-lane` whose read lane hangs, throws and dies. */
type Replaced = 'floe-app' | 'floe-lane'

/** A Floe of real processes with relays between them, each of which can be killed, stopped and restarted. */
export interface Plant extends Seeded {
  url: string
  keyring: Keyring
  indexes: AddressIndexes
  /** Relay from the Worker to the primary. */
  toPrimary: Relay
  /** Relay from the replica to the primary. */
  toReplica: Relay
  /** Data folder of the primary. */
  primaryDir: string
  kill(part: Part): Promise<void>
  /**
   * Restarts a part on the same port and data; `fileLimitKb` limits the size of a primary's files, and `replaced` puts a Worker with a
   * fault in the place of one.
   */
  start(part: Part, fault?: { fileLimitKb?: number; replaced?: Replaced }): Promise<void>
  /** Queries the primary directly. */
  sql(text: string, args?: Value[]): Promise<Value[][]>
  /** Shifts the Worker's clock, where that is possible. */
  setClock: ((offsetMs: number) => void) | undefined
  stop(): Promise<void>
}

/** What a plant is made of: the built Workers with the site, and an adjustable clock for them. */
export interface PlantOptions {
  place: Place
  clock?: { env: Record<string, string>; set(offsetMs: number): void } | undefined
}

/** Starts a primary, a replica and the Workers. */
export async function startPlant({ place, clock }: PlantOptions): Promise<Plant> {
  const dir = `${place.dir}/plant`
  mkdirSync(dir, { recursive: true })
  const [httpPort, grpcPort, replicaPort, port] = (await freePorts(4)) as [number, number, number, number]
  const toPrimary = await openRelay()
  const toReplica = await openRelay()
  toPrimary.target = `http://127.0.0.1:${httpPort}`
  toReplica.target = `http://127.0.0.1:${grpcPort}`
  const primaryDir = `${dir}/primary`
  const startPrimary = (fileLimitKb?: number) =>
    startNode({ dir: primaryDir, httpPort, grpcPort, ...(fileLimitKb !== undefined && { fileLimitKb }) })
  const startReplica = () =>
    startNode({
      dir: `${dir}/replica`,
      httpPort: replicaPort,
      primaryGrpcPort: Number(new URL(toReplica.url).port),
    })
  const parts: Partial<Record<Part, Child | DatabaseNode>> = {}
  parts.primary = await startPrimary()
  const endpoint = { url: toPrimary.target }
  await migrate(endpoint.url)
  const secrets = newSecrets()
  const seeded = await seed(endpoint, secrets)
  parts.replica = await startReplica()
  const replicaUrl = `http://127.0.0.1:${replicaPort}`
  // A replica fetches nothing before its first query.
  await run({ url: replicaUrl }, [{ sql: 'SELECT 1', args: [] }], 5000).catch(() => undefined)
  const vars = varsOf(secrets, { primaryUrl: toPrimary.url, replicaUrls: [replicaUrl] })
  const faulty: Record<Replaced, string> = {
    'floe-app': await bundleBaseline('broken', place.dir),
    'floe-lane': await bundleBaseline('weak-read-lane', place.dir),
  }
  const startWorker = async (replaced?: Replaced) => {
    const scripts = { ...place.scripts, ...(replaced && { [replaced]: faulty[replaced] }) }
    const workers = workersOf({ scripts }, vars, { floe: port })
    const { command, args, url, log } = prepare({ dir: `${dir}/workers`, workers, site: place.site })
    const child = startChild({ command, args, log, env: clock?.env ?? {} })
    await untilAnswering(child, `${url}/healthz`, 'the Workers', log)
    return child
  }
  parts.worker = await startWorker()

  return {
    ...seeded,
    url: `http://127.0.0.1:${port}`,
    keyring: openKeyring(parseKeyring(secrets.tokenKeys)!),
    indexes: new AddressIndexes(parseKey(secrets.indexKey)!),
    toPrimary,
    toReplica,
    primaryDir,
    setClock: clock?.set,
    async kill(part) {
      const child = parts[part]!
      process.kill(child.pid, 'SIGKILL')
      await child.ended
    },
    async start(part, { fileLimitKb, replaced } = {}) {
      if (part === 'primary') parts.primary = await startPrimary(fileLimitKb)
      if (part === 'replica') parts.replica = await startReplica()
      if (part === 'worker') parts.worker = await startWorker(replaced)
    },
    async sql(text, args = []) {
      const [result] = await run(endpoint, [{ sql: text, args }], 10_000)
      return result!.rows
    },
    async stop() {
      for (const part of [parts.worker, parts.replica, parts.primary]) await part?.stop()
      await Promise.all([toPrimary.close(), toReplica.close()])
    },
  }
}
