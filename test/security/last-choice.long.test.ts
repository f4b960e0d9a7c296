import { expect } from 'vitest'
import { wideTest as test } from '../support/world.ts'
import { playMany } from './last-choice.ts'

test('of all that is chosen in any of five thousand orders, the last choice in its scope wins', {
  timeout: 3_600_000,
}, async ({ world }) => {
  const played = await playMany(world, 5000, 28, { checked: false })
  expect(played.filter(({ stolen }) => stolen).length).toBeGreaterThanOrEqual(played.length / 5)
})
