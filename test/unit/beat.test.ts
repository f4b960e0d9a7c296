import { expect, test } from 'vitest'
import { systemClock } from '../../core/clock.ts'
import { BEAT_MS, onTheBeat, untilBeat } from '../../worker/http/beat.ts'

test.for([
  [0, BEAT_MS],
  [1, BEAT_MS - 1],
  [BEAT_MS - 1, 1],
  [BEAT_MS, BEAT_MS],
  [3 * BEAT_MS + 40, BEAT_MS - 40],
  [-5, BEAT_MS],
])('after %i ms of work an answer waits another %i for its beat', ([spent, wait]) => {
  expect(untilBeat(spent!)).toBe(wait)
})

test('work that fails fails on the beat too, with what it failed with', async () => {
  await expect(onTheBeat(systemClock, () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await onTheBeat(systemClock, async () => 'done')).toBe('done')
})
