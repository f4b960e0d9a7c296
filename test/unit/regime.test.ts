import { expect, test } from 'vitest'
import {
  deadlineOf,
  endOf,
  REGIME_NAMES,
  REGIMES,
  type RegimeName,
  regimesOf,
} from '../../worker/rights/regime.ts'

const at = (text: string) => Date.parse(`${text}T09:30:00Z`)
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

test.for<[laws: RegimeName[], came: string, due: string, extended: string, by: RegimeName]>([
  [['eu'], '2026-11-24', '2026-12-24', '2027-02-24', 'eu'],
  [['eu'], '2027-01-31', '2027-02-28', '2027-04-30', 'eu'],
  [['eu'], '2028-01-30', '2028-02-29', '2028-04-30', 'eu'],
  [['uk'], '2026-12-31', '2027-01-31', '2027-03-31', 'uk'],
  [['us_ca'], '2026-11-24', '2027-01-08', '2027-02-22', 'us_ca'],
  [['ca_pipeda'], '2026-11-24', '2026-12-24', '2027-01-23', 'ca_pipeda'],
  [['br'], '2026-11-24', '2026-12-09', '2026-12-09', 'br'],
  [['eu', 'us_ca'], '2026-11-24', '2026-12-24', '2027-02-22', 'eu'],
  [['us_ca', 'eu', 'br'], '2026-11-24', '2026-12-09', '2026-12-09', 'br'],
  [['ca_pipeda', 'eu'], '2027-01-31', '2027-02-28', '2027-04-01', 'eu'],
  [['us_canspam', 'ca_casl'], '2026-11-24', '2026-12-24', '2027-02-24', 'eu'],
])('under %s a request of %s is due by %s, or %s when extended', ([laws, came, due, extended, by]) => {
  const deadline = deadlineOf(laws, at(came), false)
  expect([day(deadline.dueAt), deadline.regime]).toEqual([due, by])
  expect(day(deadlineOf(laws, at(came), true).dueAt)).toBe(extended)
})

test('a deadline keeps the time of day, in UTC, whatever the machine’s own clock shows', () => {
  expect(new Date(deadlineOf(['eu'], at('2026-03-15'), false).dueAt).toISOString()).toBe(
    '2026-04-15T09:30:00.000Z',
  )
})

test.for([
  [10, '2026-11-24', '2026-12-08'],
  [1, '2026-11-27', '2026-11-30'],
  [5, '2026-11-28', '2026-12-04'],
] as const)('%i business days from %s end on %s', ([n, from, end]) => {
  expect(day(endOf({ n, unit: 'business_days' }, at(from)))).toBe(end)
})

test('every law says where it stands', () => {
  for (const name of REGIME_NAMES) expect(REGIMES[name].articles.length, name).toBeGreaterThan(0)
})

test('a setting names the laws it knows, and nothing else is taken for one', () => {
  expect(regimesOf('eu us_ca toString')).toEqual(['eu', 'us_ca'])
  expect(regimesOf('')).toEqual([])
})
