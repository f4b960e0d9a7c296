import type { Clock } from '../../core/clock.ts'
import { type Endpoint, run, StatementRefused } from './hrana.ts'

/** A node of the cluster that answers. */
export interface NodeState {
  ms: number
  /** The number of the last group of writes it has. */
  committed: number
  /** The last migration it has had; null when it has had none. */
  migration: string | null
  /** The number of a tenant of its, which says whose cluster it is; null while it has none. */
  tenant: number | null
}

const PROBE_DEADLINE_MS = 1000

/** Asks the primary and every replica at once how they stand; undefined for one that does not answer in a second. */
export async function probeCluster(primary: Endpoint, replicas: Endpoint[], clock: Clock) {
  const [first, ...others] = await Promise.all([primary, ...replicas].map(node => probe(node, clock)))
  return { primary: first, replicas: others }
}

async function probe(endpoint: Endpoint, clock: Clock): Promise<NodeState | undefined> {
  const start = clock()
  const sql =
    'SELECT committed, (SELECT max(name) FROM migration), (SELECT max(number) FROM tenant) FROM lane'
  try {
    const [result] = await run(endpoint, [{ sql, args: [] }], PROBE_DEADLINE_MS)
    const [committed, migration, tenant] = result!.rows[0] as [number, string | null, number | null]
    return { ms: clock() - start, committed, migration, tenant }
  } catch (error) {
    // It answers, and has no such tables: nothing was ever migrated.
    if (error instanceof StatementRefused)
      return { ms: clock() - start, committed: 0, migration: null, tenant: null }
    return undefined
  }
}
