import { expect } from 'vitest'

const DAY_MS = 86_400_000

/** Demands that what is paused until then is paused for so many days from now, and to the end of the day on which they are over. */
export function expectPause(until: unknown, days: number): void {
  const left = (Date.parse(String(until)) - Date.now()) / DAY_MS
  expect([left > days - 0.1, left <= days + 1], `${left} days`).toEqual([true, true])
}
