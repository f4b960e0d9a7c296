import { expect } from 'vitest'
import { THEMES, violationsIn } from './faults.ts'
import { testSeeing } from './pages.ts'

const test = testSeeing({ axe: async ({ inLab }) => violationsIn(THEMES, await inLab(), 'all') })

test('axe objects to nothing on any page by any rule, light, dark, with more contrast or with forced colours', ({
  seen,
}) => {
  expect(seen.axe).toEqual({})
})
