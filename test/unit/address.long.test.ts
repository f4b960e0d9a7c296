import { expect, test } from 'vitest'
import { canonicalizedTwice } from '../support/code-points.ts'

test('canonicalizing what is canonical changes nothing, for every code point there is', () => {
  const { addresses, changed } = canonicalizedTwice([[0, 0x110000]])
  expect(changed).toEqual([])
  expect(addresses).toBeGreaterThan(200_000)
})
