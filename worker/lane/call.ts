import { within } from '../../core/deadline.ts'
import { type LaneAnswer, MESSAGE_VERSION, openAnswer } from '../../core/write/message.ts'
import type { ReadOutcome } from '../../core/write/read-request.ts'
import type { LaneCalls, ReadLaneCall } from '../../db/engine/lane-calls.ts'
import type { ClusterSetting } from './cluster-setting.ts'
import { laneId, lanesIn } from './lane-id.ts'
import type { ReadLane } from './read-lane.ts'
import type { WriteLane } from './write-lane.ts'

/** The lane answers a write within about 2 s, from its journal if need be; a later answer counts as lost. */
const COMMIT_DEADLINE_MS = 3500
const ASK_DEADLINE_MS = 1500

type Log = (event: 'lane.unknown_version', error: unknown) => void

/**
 * Returns the calls to a cluster's write lane, each with a deadline. Whatever they throw means that the outcome is unknown; a
 * version that is not understood is logged as well, since it does not pass by itself.
 */
export function laneCalls(
  lanes: DurableObjectNamespace<WriteLane>,
  cluster: Pick<ClusterSetting, 'number' | 'jurisdiction'>,
  log: Log,
): LaneCalls {
  // Each call takes a new stub: one whose object has failed stays broken.
  const lane = () => lanesIn(lanes, cluster).get(laneId(lanes, cluster))
  async function answered<T>(deadlineMs: number, call: PromiseLike<unknown>): Promise<T> {
    const answer = await within(deadlineMs, call, () => {
      throw new Error('the lane did not answer in time')
    })
    return opened(answer, log)
  }
  return {
    commit: async request => answered(COMMIT_DEADLINE_MS, lane().commit(request, MESSAGE_VERSION)),
    lease: async () => answered(ASK_DEADLINE_MS, lane().lease(MESSAGE_VERSION)),
    since: async (mark, known) => answered(ASK_DEADLINE_MS, lane().since(mark, known, MESSAGE_VERSION)),
    status: async () => answered(ASK_DEADLINE_MS, lane().status(MESSAGE_VERSION)),
  }
}

/**
 * Returns the call to a cluster's read lane; undefined where none is bound. It has no deadline of its own: whoever waits can ask the
 * primary instead.
 */
export function readLaneCall(
  lanes: DurableObjectNamespace<ReadLane> | undefined,
  cluster: Pick<ClusterSetting, 'number' | 'jurisdiction'>,
  log: Log,
): ReadLaneCall | undefined {
  if (!lanes) return undefined
  const own = lanesIn(lanes, cluster)
  const id = laneId(lanes, cluster)
  return async request => opened<ReadOutcome>(await own.get(id).read(request, MESSAGE_VERSION), log)
}

/** Opens a lane's answer. It is plain data, which the types of a remote call do not say. */
function opened<T>(answer: unknown, log: Log): T {
  try {
    return openAnswer(answer as LaneAnswer<T>)
  } catch (error) {
    log('lane.unknown_version', error)
    throw error
  }
}
