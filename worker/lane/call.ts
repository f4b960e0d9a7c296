import { FIRST_CLUSTER } from '../../core/cluster.ts'
import { within } from '../../core/deadline.ts'
import type { LaneCalls } from '../../db/engine/client.ts'
import type { ClusterSetting } from './cluster-setting.ts'
import type { WriteLane } from './write-lane.ts'

/** The lane answers an act within about 2 s, from its journal if need be; what takes longer is lost on the way. */
const COMMIT_DEADLINE_MS = 3500
const ASK_DEADLINE_MS = 1500

type Lanes = DurableObjectNamespace<WriteLane>
type Whose = Pick<ClusterSetting, 'number' | 'jurisdiction'>

const lanesIn = (lanes: Lanes, { jurisdiction }: Whose): Lanes =>
  jurisdiction === undefined ? lanes : lanes.jurisdiction(jurisdiction)

/** Returns the id of a cluster's write lane. It never changes: what the lane has accepted lies under it. */
export const laneId = (lanes: Lanes, cluster: Whose): DurableObjectId =>
  lanesIn(lanes, cluster).idFromName(
    cluster.number === FIRST_CLUSTER ? 'primary' : `cluster ${cluster.number}`,
  )

/**
 * Returns the calls to a cluster's write lane, each with a deadline. Whatever they throw says that nothing is known.
 */
export function laneCalls(lanes: Lanes, cluster: Whose): LaneCalls {
  // A new stub for each call: one that has seen its object fail stays broken.
  const lane = () => lanesIn(lanes, cluster).get(laneId(lanes, cluster))
  return {
    commit: async posting => answered(COMMIT_DEADLINE_MS, lane().commit(posting)),
    lease: async () => answered(ASK_DEADLINE_MS, lane().lease()),
    since: async (mark, known) => answered(ASK_DEADLINE_MS, lane().since(mark, known)),
    status: async () => answered(ASK_DEADLINE_MS, lane().status()),
  }
}

/** Returns what the lane answers. What comes over is plain data, which the types of a remote call do not say. */
const answered = <T>(deadlineMs: number, call: PromiseLike<unknown>): Promise<T> =>
  within(deadlineMs, call as PromiseLike<T>, () => {
    throw new Error('the lane did not answer in time')
  })
