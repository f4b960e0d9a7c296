import type { Clock } from '../../core/clock.ts'
import { type Endpoint, run, StatementRefused } from './hrana.ts'
import type { Query } from './query.ts'

/** State of a node that answers. */
export interface NodeState {
  ms: number
  /** Index of its last group of writes. */
  committed: number
  /** Its last migration; null when it has had none. */
  migration: string | null
  /** Number of one of its tenants, which names the cluster; null while it has none. */
  tenant: number | null
}

/** Asks a node for its state, all but how long it took. It is refused where nothing was ever migrated. */
export const nodeQuery: Query<Omit<NodeState, 'ms'>> = {
  sql: 'SELECT committed, (SELECT max(name) FROM migration), (SELECT max(number) FROM tenant) FROM lane',
  args: [],
  decode(rows) {
    const [committed, migration, tenant] = rows[0] as [number, string | null, number | null]
    return { committed, migration, tenant }
  },
}

/** State of a node that answers and lacks the tables: nothing was ever migrated. */
export const UNMIGRATED: Omit<NodeState, 'ms'> = { committed: 0, migration: null, tenant: null }

const PROBE_DEADLINE_MS = 1000

/** Asks the primary and every replica at once for their state; undefined for a node that does not answer within a second. */
export async function probeCluster(primary: Endpoint, replicas: Endpoint[], clock: Clock) {
  const [first, ...others] = await Promise.all([primary, ...replicas].map(node => probe(node, clock)))
  return { primary: first, replicas: others }
}

async function probe(endpoint: Endpoint, clock: Clock): Promise<NodeState | undefined> {
  const start = clock()
  try {
    const [result] = await run(endpoint, [nodeQuery], PROBE_DEADLINE_MS)
    return { ms: clock() - start, ...nodeQuery.decode(result!.rows) }
  } catch (error) {
    if (error instanceof StatementRefused) return { ms: clock() - start, ...UNMIGRATED }
    return undefined
  }
}
