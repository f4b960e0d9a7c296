import { FIRST_CLUSTER } from '../../core/cluster.ts'
import type { ClusterSetting } from './cluster-setting.ts'

type Object = Rpc.DurableObjectBranded | undefined
type Whose = Pick<ClusterSetting, 'number' | 'jurisdiction'>

/** Returns the namespace of write lanes in a cluster's jurisdiction. */
export const lanesIn = <Lane extends Object>(
  lanes: DurableObjectNamespace<Lane>,
  { jurisdiction }: Whose,
): DurableObjectNamespace<Lane> => (jurisdiction === undefined ? lanes : lanes.jurisdiction(jurisdiction))

/** Returns the id of a cluster's write lane. It never changes: the lane's journal is stored under it. */
export const laneId = <Lane extends Object>(
  lanes: DurableObjectNamespace<Lane>,
  cluster: Whose,
): DurableObjectId =>
  lanesIn(lanes, cluster).idFromName(
    cluster.number === FIRST_CLUSTER ? 'primary' : `cluster ${cluster.number}`,
  )
