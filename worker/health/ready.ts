import type { NodeState } from '../../db/probe.ts'
import { NEEDED_MIGRATION } from '../../db/schema.ts'
import type { Deps } from '../deps.ts'
import { clusterState, schemaFits } from './cluster.ts'

/** Why a check cannot be answered, or an act not be written. */
export type Obstacle = 'primary_unreachable' | 'schema_outdated' | 'lane_unreachable'

/** Whether Floe can do what it is for, and how each part stands. */
export interface Readiness {
  status: 'ready' | 'not_ready'
  obstacles: Obstacle[]
  schema: { needed: string; seen: string | null }
  primary: { answers: boolean; ms?: number }
  replicas: { answers: boolean; ms?: number; groupsBehind?: number }[]
  lane: { answers: boolean; depth?: number; oldestMs?: number }
}

/** Looks at everything a request may need. A replica that is away or behind is told and hinders nothing. */
export async function readiness(deps: Deps): Promise<Readiness> {
  const { primary, replicas, lane } = await clusterState(deps)
  const obstacles: Obstacle[] = []
  if (!primary) obstacles.push('primary_unreachable')
  else if (!schemaFits(primary)) obstacles.push('schema_outdated')
  if (!lane) obstacles.push('lane_unreachable')
  return {
    status: obstacles.length === 0 ? 'ready' : 'not_ready',
    obstacles,
    schema: { needed: NEEDED_MIGRATION, seen: primary?.migration ?? null },
    primary: answered(primary),
    replicas: replicas.map(replica => ({
      ...answered(replica),
      ...(replica?.groupsBehind !== undefined && { groupsBehind: replica.groupsBehind }),
    })),
    lane: {
      answers: lane !== undefined,
      ...(lane && {
        depth: lane.depth,
        oldestMs: lane.oldestAt === null ? 0 : Math.max(0, deps.clock() - lane.oldestAt),
      }),
    },
  }
}

const answered = (node: NodeState | undefined) => (node ? { answers: true, ms: node.ms } : { answers: false })
