import { DAY_MS } from '../../core/clock.ts'
import type { KeySchedule } from '../../db/key-schedule.ts'

/** Fewer leave no room for the steps; more is no schedule. */
export const EVERY_DAYS = { least: 7, most: 365, usual: 30 } as const
/** How long before the day keys are replaced: up to a day until a run, two more until the ones before may go, and one to spare. */
const AHEAD_MS = 4 * DAY_MS
/** A schedule that nobody ran for so long is not one that a recipient is told of. */
const KEPT_FOR_MS = 2 * DAY_MS

/** Whether new keys are to be made: the ones in use will soon be as old as a schedule of `everyDays` lets them be. */
export const isDue = (schedule: KeySchedule | undefined, everyDays: number, now: number): boolean =>
  !schedule || schedule.begunAt + Math.min(schedule.everyDays, everyDays) * DAY_MS - AHEAD_MS <= now

/**
 * Returns by when whatever is erased now can be read in no copy of the database; undefined where nobody keeps a schedule that says so.
 */
export function unreadableBy(schedule: KeySchedule | undefined, now: number): number | undefined {
  if (!schedule || schedule.keptAt + KEPT_FOR_MS <= now) return undefined
  const by = schedule.begunAt + schedule.everyDays * DAY_MS
  return by > now ? by : undefined
}
