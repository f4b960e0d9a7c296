import { describe, expect, test } from 'vitest'
import { isDue, unreadableBy } from '../../worker/encryption/schedule.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const at = (days: number) => days * DAY_MS
const schedule = { everyDays: 30, begunAt: at(100), keptAt: at(100) }

describe('the day that a recipient is told', () => {
  test.for<[when: string, keptAt: number, now: number, by: number | undefined]>([
    ['just after the keys came into use', 100, 100, 130],
    ['as long as the schedule is kept', 120, 121, 130],
    ['not once nobody has kept it for two days', 120, 122, undefined],
    ['not while its keys are being replaced', 0, 126, undefined],
    ['not when it has passed without the keys being destroyed', 130, 130, undefined],
  ])('%s', ([, keptAt, now, by]) => {
    expect(unreadableBy({ ...schedule, keptAt: at(keptAt) }, at(now))).toBe(by && at(by))
  })

  test('is none where there is no schedule', () => {
    expect(unreadableBy(undefined, at(100))).toBeUndefined()
  })
})

describe('new keys are made', () => {
  test.for<[what: string, everyDays: number, now: number, due: boolean]>([
    ['not before they are needed', 30, 125.9, false],
    ['four days before those in use have to be gone', 30, 126, true],
    ['at once when a shorter time is set', 14, 110, true],
    ['no later when a longer time is set: what was promised is kept', 90, 126, true],
  ])('%s', ([, everyDays, now, due]) => {
    expect(isDue(schedule, everyDays, at(now))).toBe(due)
  })

  test('where there never were any by schedule', () => {
    expect(isDue(undefined, 30, 0)).toBe(true)
  })
})
