import { expect } from 'vitest'

const DAY_MS = 86_400_000

/** Expects a pause of a number of days from now, up to the end of its last day. */
export function expectPause(until: unknown, days: number): void {
  const left = (Date.parse(String(until)) - Date.now()) / DAY_MS
  expect([left > days - 0.1, left <= days + 1], `${left} days`).toEqual([true, true])
}
