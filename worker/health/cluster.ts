import type { DatabaseHealth } from '../../db/engine/client.ts'
import type { NodeState } from '../../db/engine/probe.ts'
import { NEEDED_MIGRATION } from '../../db/schema.ts'
import type { Cluster } from '../deps.ts'

/** A replica that answers, and how many groups of writes it lacks; undefined where the primary cannot be compared with. */
export type ReplicaState = NodeState & { groupsBehind: number | undefined }

/** How the parts behind the Worker do. What did not answer is undefined. */
export interface ClusterState {
  primary: NodeState | undefined
  replicas: (ReplicaState | undefined)[]
  lane: DatabaseHealth['lane']
  /** How this isolate stands with each of them. */
  breakers: Pick<DatabaseHealth, 'primary' | 'replicas'>
}

/** Asks the primary, every replica and the lane at once. */
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

/** Whether a database has had every migration this code needs; more of them do no harm. */
export const schemaFits = ({ migration }: NodeState): boolean =>
  migration !== null && migration >= NEEDED_MIGRATION
