import { HOUR_MS, MINUTE_MS } from '../../core/clock.ts'

/** Which number of a date such as 06/01/2025 comes first. */
export type DateOrder = 'day_first' | 'month_first'

/** Nobody left a mailing list before; what databases write for no date lies there. */
const EARLIEST = Date.UTC(1990, 0, 1)
/** The clocks of Kiribati are ahead of all others. */
const OFFSET_MAX_MS = 14 * HOUR_MS
/** The longest text that can be a time. */
const LENGTH_MAX = 64

const SECONDS = /^\d{9,10}(?:\.\d{1,9})?$/
const MILLISECONDS = /^\d{12,13}$/
const YEAR_FIRST = /^(\d{4})([-/.])(\d\d?)([-/.])(\d\d?)(?!\d)(.*)$/
const YEAR_LAST = /^(\d\d?)([-/.])(\d\d?)([-/.])(\d{4})(?!\d)(.*)$/
const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?'
const DAY_MONTH = new RegExp(`^${WEEKDAY}(\\d\\d?)[ -]([a-z]{3,9})[ -](\\d{4})(?!\\d)(.*)$`)
const MONTH_DAY = new RegExp(`^${WEEKDAY}([a-z]{3,9})\\.? (\\d\\d?),? (\\d{4})(?!\\d)(.*)$`)
const CLOCK =
  /^(?:t|,? (?:at )?)(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?(?: ?(z|utc|gmt|ut|[+-]\d\d(?::?\d\d)?))?(?: \(?(?:utc|gmt)\)?)?$/

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)

/**
 * Returns the time that a text names, in milliseconds since 1970 UTC, or undefined: for what is no time, for a date whose day and
 * month could be each other's and `order` does not tell, for a day that does not exist, and for times before 1990 or after `now`. A
 * time without a zone is UTC. Forms: RFC 3339 and ISO 8601 (§4.3.2 extended), RFC 5322 §3.3, Unix seconds and milliseconds,
 * numbers with dots (the day first), slashes and dashes, and English names of months.
 */
export function timeOf(text: string, order: DateOrder | undefined, now: number): number | undefined {
  if (text.length > LENGTH_MAX) return undefined
  const at = instantOf(text.trim().replace(/\s+/g, ' ').toLowerCase(), order)
  return at >= EARLIEST && at <= now ? at : undefined
}

/** Returns the time of a text without capitals, NaN for none. */
function instantOf(text: string, order: DateOrder | undefined): number {
  if (SECONDS.test(text)) return Math.round(Number(text) * 1000)
  if (MILLISECONDS.test(text)) return Number(text)
  const found = dateOf(text, order)
  if (!found) return Number.NaN
  const [year, month, day] = found.date
  const midnight = Date.UTC(year, month - 1, day)
  const isDay = month >= 1 && month <= 12 && day >= 1 && midnight < Date.UTC(year, month, 1)
  return isDay ? midnight + (found.clock === '' ? 0 : clockOf(found.clock)) : Number.NaN
}

/** A date, and the text behind it. */
interface FoundDate {
  date: [year: number, month: number, day: number]
  clock: string
}

function dateOf(text: string, order: DateOrder | undefined): FoundDate | undefined {
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst) {
    const [, year, one, month, other, day, clock = ''] = yearFirst
    return one === other ? { date: [Number(year), Number(month), Number(day)], clock } : undefined
  }
  const yearLast = YEAR_LAST.exec(text)
  if (yearLast) {
    const [, first, one = '', second, other, year, clock = ''] = yearLast
    const monthAndDay =
      one === other ? parted(Number(first), Number(second), order ?? orderBy(one)) : undefined
    return monthAndDay && { date: [Number(year), ...monthAndDay], clock }
  }
  const dayMonth = DAY_MONTH.exec(text)
  if (dayMonth) {
    const [, day, month = '', year, clock = ''] = dayMonth
    return { date: [Number(year), monthOf(month), Number(day)], clock }
  }
  const [, month = '', day, year, clock = ''] = MONTH_DAY.exec(text) ?? []
  return day === undefined ? undefined : { date: [Number(year), monthOf(month), Number(day)], clock }
}

/** Who parts a date by dots writes the day first. */
const orderBy = (sign: string): DateOrder | undefined => (sign === '.' ? 'day_first' : undefined)

/** Returns month and day of two numbers, or undefined where each may be either. */
function parted(
  first: number,
  second: number,
  order: DateOrder | undefined,
): [month: number, day: number] | undefined {
  if (order) return order === 'day_first' ? [second, first] : [first, second]
  if (first > 12 || first === second) return [second, first]
  return second > 12 ? [first, second] : undefined
}

/** Returns the number of a month's English name, whole or of three letters; 0 for none. */
const monthOf = (name: string): number =>
  MONTHS.findIndex(
    month => month === name || month.slice(0, 3) === name || (name === 'sept' && month[0] === 's'),
  ) + 1

/** Returns the milliseconds from midnight UTC to a time of day, NaN where there is no such time. */
function clockOf(text: string): number {
  const [, hour, minute, second = '0', fraction = '', half, zone = 'z'] = CLOCK.exec(text) ?? []
  const hours = half === undefined ? Number(hour) : hourOf(Number(hour), half)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN
  const ms = Number(`${fraction}000`.slice(0, 3))
  return hours * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * 1000 + ms - offsetOf(zone)
}

/** Returns the hour of a clock that counts to twelve, NaN for one that it does not show. */
const hourOf = (hour: number, half: string): number =>
  hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (half === 'p' ? 12 : 0)

/** Returns how far a zone is ahead of UTC, NaN for an offset that no place has. */
function offsetOf(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  if (sign === undefined) return 0
  const offset = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS
  if (Number(minutes) > 59 || offset > OFFSET_MAX_MS) return Number.NaN
  return sign === '-' ? -offset : offset
}
