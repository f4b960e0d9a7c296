import { isOurs, type LogPosition } from '../../core/write/log-position.ts'
import type { Lane } from './lane.ts'

/**
 * Shortest time an entry is kept, in milliseconds: longer than two of the primary's checkpoints (one a minute). A checkpoint
 * syncs what was committed to disk; a single commit does not.
 */
const KEPT_MS = 150_000
/**
 * Above this size, entries that a replica has are dropped at once; above the second, entries that the primary has had for
 * `KEPT_MS` are dropped without a replica.
 */
const ROOM_BYTES = 64 * 2 ** 20
const FULL_BYTES = 512 * 2 ** 20

/** Drops journal entries that the database surely has: the primary for long enough, and a replica where there are any. */
export function tidy(lane: Lane, replicas: readonly LogPosition[] | undefined, now: number): void {
  const { last, terms } = lane.log
  if (last === undefined) return
  const reached = replicas?.filter(mark => isOurs(terms, mark)).map(({ index }) => index)
  const safe = reached ? Math.min(last, Math.max(-1, ...reached)) : last
  lane.drop(safe, now - KEPT_MS)
  if (lane.status().bytes > ROOM_BYTES) lane.drop(safe, now)
  if (lane.status().bytes > FULL_BYTES) lane.drop(last, now - KEPT_MS)
}
