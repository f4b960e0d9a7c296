import type { Clock } from '../../core/clock.ts'
import { type Endpoint, run, StatementRefused } from '../../db/engine/hrana.ts'
import { type NodeState, nodeQuery, UNMIGRATED } from '../../db/engine/probe.ts'
import { nodeClock } from './question.ts'
import { DEADLINE_MS, reasonOf } from './reach.ts'

/** A clock as it was read: how many milliseconds it is before this machine's. */
export interface ClockReading {
  whose: string
  aheadMs: number
}

/** A node that answered, or why none came. */
export type SeenNode = (NodeState & { aheadMs: number }) | { reason: string }

/** Returns how far a clock that was read between two times of ours is before ours. */
export const aheadOf = (theirs: number, [from, to]: [number, number]): number => theirs - (from + to) / 2

/** Asks a node for its state and its clock. */
export async function seeNode(endpoint: Endpoint, clock: Clock): Promise<SeenNode> {
  try {
    const start = clock()
    const [time] = await run(endpoint, [nodeClock], DEADLINE_MS)
    // The first question makes the connection, and the second tells how long an answer takes.
    const connected = clock()
    const state = await stateOf(endpoint)
    const aheadMs = aheadOf(nodeClock.decode(time!.rows), [start, connected])
    return { ms: clock() - connected, aheadMs, ...state }
  } catch (error) {
    return { reason: reasonOf(error) }
  }
}

async function stateOf(endpoint: Endpoint): Promise<Omit<NodeState, 'ms'>> {
  try {
    const [state] = await run(endpoint, [nodeQuery], DEADLINE_MS)
    return nodeQuery.decode(state!.rows)
  } catch (error) {
    if (error instanceof StatementRefused) return UNMIGRATED
    throw error
  }
}

/** Whether a node answered. */
export const answers = (node: SeenNode): node is Exclude<SeenNode, { reason: string }> => !('reason' in node)

/** Returns the host of an address, with its port. */
export const hostOf = ({ url }: Endpoint): string => new URL(url).host
