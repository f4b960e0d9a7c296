import { isOurs, type LogPosition } from '../../core/write/log-position.ts'
import type { Lane } from './lane.ts'

/**
 * How long an entry is kept at least: longer than two of the primary's checkpoints (one a minute), each of which writes what was
 * committed to the disk for good. A single commit is not.
 */
const KEPT_MS = 150_000
/** Beyond this, what a replica has goes sooner; beyond the second, what the primary has had for `KEPT_MS` goes without one. */
const ROOM_BYTES = 64 * 2 ** 20
const FULL_BYTES = 512 * 2 ** 20

/** Drops from the journal what the database surely has: for long enough, and a replica too, where there are any. */
export function tidy(lane: Lane, replicas: readonly LogPosition[] | undefined, now: number): void {
  const { last, terms } = lane.log
  if (last === undefined) return
  const reached = replicas?.filter(mark => isOurs(terms, mark)).map(({ index }) => index)
  const safe = reached ? Math.min(last, Math.max(-1, ...reached)) : last
  lane.drop(safe, now - KEPT_MS)
  if (lane.status().bytes > ROOM_BYTES) lane.drop(safe, now)
  if (lane.status().bytes > FULL_BYTES) lane.drop(last, now - KEPT_MS)
}
