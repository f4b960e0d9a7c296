import { expect, test } from 'vitest'
import { openTrace, serverTiming } from '../../core/trace.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('a request is called what its caller calls it, where that is a UUID', () => {
  expect(openTrace('018f6f2a-7c3e-7000-8000-0123456789ab').id).toBe('018f6f2a-7c3e-7000-8000-0123456789ab')
  expect(openTrace('018F6F2A-7C3E-7000-8000-0123456789AB').id).toBe('018f6f2a-7c3e-7000-8000-0123456789ab')
})

test.for([
  [null],
  [''],
  ['ada@example.com'],
  ['quixote'],
  // The MD5 of an address, with and without hyphens of another kind.
  ['9e26471d35a78862c17e467d87cddedf'],
  ['9e26471d_35a7_8862_c17e_467d87cddedf'],
  [' 018f6f2a-7c3e-7000-8000-0123456789ab'],
  ['018f6f2a-7c3e-7000-8000-0123456789ab, 018f6f2a-7c3e-7000-8000-0123456789ab'],
  ['018f6f2a-7c3e-7000-8000-0123456789ab\n{}'],
])('and gets an id of its own where it is %j', ([given]) => {
  expect(openTrace(given!).id).toMatch(UUID)
  expect(openTrace(given!).id).not.toBe(openTrace(given!).id)
})

test('its times are a Server-Timing field', () => {
  expect(serverTiming({ id: '', database: 8, lane: 3 }, 12)).toBe('db;dur=8, lane;dur=3, total;dur=12')
})
