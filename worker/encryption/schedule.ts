import { DAY_MS } from '../../core/clock.ts'
import type { KeySchedule } from '../../db/key-schedule.ts'

/** Days between key rotations: fewer than `least` leave no room for the steps, more than `most` is no schedule. */
export const EVERY_DAYS = { least: 7, most: 365, usual: 30 } as const
/**
 * How long before the due day keys are replaced: up to a day until a run, two more until the former keys may be deleted, one
 * to spare.
 */
const AHEAD_MS = 4 * DAY_MS
/** A schedule without a run for so long is not promised to recipients. */
const KEPT_FOR_MS = 2 * DAY_MS

/** Whether keys are due for rotation: the ones in use will soon reach the age that a schedule of `everyDays` allows. */
export const isDue = (schedule: KeySchedule | undefined, everyDays: number, now: number): boolean =>
  !schedule || schedule.begunAt + Math.min(schedule.everyDays, everyDays) * DAY_MS - AHEAD_MS <= now

/**
 * Returns when data erased now becomes unreadable in every copy of the database; undefined without a schedule that is kept.
 */
export function unreadableBy(schedule: KeySchedule | undefined, now: number): number | undefined {
  if (!schedule || schedule.keptAt + KEPT_FOR_MS <= now) return undefined
  const by = schedule.begunAt + schedule.everyDays * DAY_MS
  return by > now ? by : undefined
}
