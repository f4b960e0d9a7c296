import { expect } from 'vitest'
import { wideTest as test } from '../support/world.ts'
import { playMany } from './last-choice.ts'

test('of all that is chosen in any of five thousand orders, the last choice in its scope wins', {
  timeout: 1_800_000,
}, async ({ world }) => {
  const played = await playMany(world, 5000, 28)
  expect(played.filter(({ stolen }) => stolen).length).toBeGreaterThanOrEqual(played.length / 5)
})
