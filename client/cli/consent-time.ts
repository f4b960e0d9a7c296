import { timestamp } from '../../core/clock.ts'

/** A time as a file has it, in RFC 3339. `assumed`: it names no zone, and is taken as UTC. */
export interface KnownTime {
  at: string
  assumed?: true
}

/** Why a cell is no time that anybody reads alike. */
export interface TimeFault {
  error: 'ambiguous_time' | 'unreadable_time'
  why: string
}

const YEAR_FIRST =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/i
const YEAR_LAST = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)/
const UNIX_SECONDS = /^\d{9,10}$/
const UNIX_MS = /^\d{13}$/

/** Before this year computers wrote no consent down; databases write such a date where they have none. */
const FIRST_YEAR = 1971

/**
 * Returns the time of a cell, or undefined where it holds none. A time without a zone is taken as UTC, a date as its beginning. A
 * date that begins with day or month is refused, since half of the world reads it otherwise.
 */
export function timeOf(cell: string): KnownTime | TimeFault | undefined {
  const text = cell.trim()
  if (text === '') return undefined
  if (UNIX_SECONDS.test(text)) return { at: timestamp(Number(text) * 1000) }
  if (UNIX_MS.test(text)) return { at: timestamp(Number(text)) }
  const found = YEAR_FIRST.exec(text)
  if (found) {
    const [, year, month, day, minutes = '00:00', seconds = ':00', fraction = '', zone] = found
    if (Number(year) < FIRST_YEAR) return undefined
    const at = `${year}-${month}-${day}T${minutes}${seconds}${fraction}${zoneOf(zone)}`
    return zone === undefined ? { at, assumed: true } : { at }
  }
  return YEAR_LAST.test(text)
    ? {
        error: 'ambiguous_time',
        why: `${text} begins with the day to some and with the month to others; write 2025-06-01`,
      }
    : { error: 'unreadable_time', why: `${text.slice(0, 40)} is no time such as 2025-06-01 12:34:56` }
}

function zoneOf(zone = 'Z'): string {
  const [, hours, minutes = '00'] = /^([+-]\d\d):?(\d\d)?$/.exec(zone) ?? []
  return hours === undefined ? 'Z' : `${hours}:${minutes}`
}
