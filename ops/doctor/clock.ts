import { counted } from '../backup.ts'
import { type Finding, findingsOf } from './finding.ts'
import type { ClockReading } from './node.ts'

/** Most milliseconds that two clocks may differ. */
export const CLOCKS_APART_MS = 30_000
const ADVICE = 'set the clock that is wrong by NTP: links, keys and sessions end by it'

/** Compares this machine's clock with those that were read. */
export function lookAtClocks(readings: readonly ClockReading[]): Finding {
  const { ok, fail, notLookedAt } = findingsOf('clock')
  if (readings.length === 0) return notLookedAt('nothing that has a clock answers')
  const off = readings.filter(({ aheadMs }) => Math.abs(aheadMs) > CLOCKS_APART_MS)
  if (off.length > 0) return fail(`this machine and others disagree: ${off.map(told).join(', ')}`, ADVICE)
  return ok(`this machine and ${counted(readings.length, 'other')} agree within ${CLOCKS_APART_MS / 1000} s`)
}

const told = ({ whose, aheadMs }: ClockReading): string =>
  `${whose} is ${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? 'ahead' : 'behind'}`
