import { clusterOf } from '../../core/cluster.ts'
import type { NodeState } from '../../db/engine/probe.ts'
import { NEEDED_MIGRATION } from '../../db/schema.ts'
import type { Cluster } from '../deps.ts'
import { clusterState, schemaFits } from './cluster.ts'
import type { HealthDeps } from './deps.ts'

/** Why checks cannot be answered, or acts not be written. */
export type Obstacle =
  | 'primary_unreachable'
  | 'schema_outdated'
  /** The configured database belongs to another cluster. */
  | 'cluster_mistaken'
  | 'lane_unreachable'

/** State of each part of a cluster, with the obstacles found. */
export interface ClusterReadiness {
  obstacles: Obstacle[]
  schema: { needed: string; seen: string | null }
  primary: { answers: boolean; ms?: number }
  replicas: { answers: boolean; ms?: number; groupsBehind?: number }[]
  lane: { answers: boolean; depth?: number; oldestMs?: number }
}

/** Readiness of Floe, with the state of the first cluster and of the others, if any. */
export interface Readiness extends ClusterReadiness {
  status: 'ready' | 'not_ready'
  others?: ({ cluster: number } & ClusterReadiness)[]
}

/**
 * Probes the database and the lane of every cluster. A replica that is down or behind is reported but is no obstacle. An
 * obstacle in one cluster affects its own tenants only, and still makes the answer `not_ready`.
 */
export async function readiness(deps: HealthDeps): Promise<Readiness> {
  const [first, ...others] = await Promise.all(
    deps.clusters.map(async of => ({ cluster: of.cluster, ...(await readinessOf(of, deps.clock())) })),
  )
  const { cluster: _, ...own } = first!
  const ready = [first!, ...others].every(({ obstacles }) => obstacles.length === 0)
  return { status: ready ? 'ready' : 'not_ready', ...own, ...(others.length > 0 && { others }) }
}

async function readinessOf(of: Cluster, now: number): Promise<ClusterReadiness> {
  const { primary, replicas, lane } = await clusterState(of)
  const obstacles: Obstacle[] = []
  if (!primary) obstacles.push('primary_unreachable')
  else if (!schemaFits(primary)) obstacles.push('schema_outdated')
  if (primary?.tenant && clusterOf(primary.tenant) !== of.cluster) obstacles.push('cluster_mistaken')
  if (!lane) obstacles.push('lane_unreachable')
  return {
    obstacles,
    schema: { needed: NEEDED_MIGRATION, seen: primary?.migration ?? null },
    primary: answered(primary),
    replicas: replicas.map(replica => ({
      ...answered(replica),
      ...(replica?.groupsBehind !== undefined && { groupsBehind: replica.groupsBehind }),
    })),
    lane: {
      answers: lane !== null,
      ...(lane && {
        depth: lane.depth,
        oldestMs: lane.oldestAt === null ? 0 : Math.max(0, now - lane.oldestAt),
      }),
    },
  }
}

const answered = (node: NodeState | undefined) => (node ? { answers: true, ms: node.ms } : { answers: false })
