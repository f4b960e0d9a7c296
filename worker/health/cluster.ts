import type { DatabaseHealth } from '../../db/engine/client.ts'
import type { NodeState } from '../../db/engine/probe.ts'
import { NEEDED_MIGRATION } from '../../db/schema.ts'
import type { Cluster } from '../deps.ts'

/** State of a reachable replica and the groups of writes it lacks; undefined where the primary did not answer. */
export type ReplicaState = NodeState & { groupsBehind: number | undefined }

/** State of the parts behind the Worker; undefined for one that did not answer. */
export interface ClusterState {
  primary: NodeState | undefined
  replicas: (ReplicaState | undefined)[]
  lane: DatabaseHealth['lane']
  /** This isolate's circuit breakers. */
  breakers: Pick<DatabaseHealth, 'primary' | 'replicas'>
}

/** Reads the state of the primary, the replicas and the lane at once. */
export async function clusterState(of: Cluster): Promise<ClusterState> {
  const [{ primary, replicas }, { lane, ...breakers }] = await Promise.all([of.probe(), of.db.health()])
  const behind = (replica: NodeState) => primary && Math.max(0, primary.committed - replica.committed)
  return {
    primary,
    replicas: replicas.map(replica => replica && { ...replica, groupsBehind: behind(replica) }),
    lane,
    breakers,
  }
}

/** Whether a database has every migration this code needs; later ones do no harm. */
export const schemaFits = ({ migration }: NodeState): boolean =>
  migration !== null && migration >= NEEDED_MIGRATION
