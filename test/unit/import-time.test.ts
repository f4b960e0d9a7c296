import { describe, expect, test } from 'vitest'
import { type DateOrder, timeOf } from '../../worker/suppression/time.ts'

const NOW = Date.UTC(2026, 10, 29, 12)
/** 2 January 2025, 03:04:05 UTC. */
const AT = '2025-01-02T03:04:05.000Z'

const READ: [text: string, time: string, order?: DateOrder][] = [
  // RFC 3339, and what databases and programs make of it.
  ['2025-01-02T03:04:05Z', AT],
  ['2025-01-02t03:04:05z', AT],
  ['2025-01-02T03:04:05+00:00', AT],
  ['2025-01-02T03:04:05-00:00', AT],
  ['2025-01-02T05:04:05+02:00', AT],
  ['2025-01-01T22:04:05-05:00', AT],
  ['2025-01-02T08:49:05+0545', AT],
  ['2025-01-02 05:04:05+02', AT],
  ['2025-01-02T17:04:05+14:00', AT],
  ['2025-01-02T05:03:05+01:59', AT],
  ['2025-01-02T23:59:59Z', '2025-01-02T23:59:59.000Z'],
  ['2018-01-02T03:04:05.123456Z', '2018-01-02T03:04:05.123Z'],
  ['2025-01-02T03:04:05.678000+00:00', '2025-01-02T03:04:05.678Z'],
  ['2025-01-02T03:04:05,5Z', '2025-01-02T03:04:05.500Z'],
  ['2025-01-02 03:04:05.999999999 +0000 UTC', '2025-01-02T03:04:05.999Z'],
  ['2025-01-02T03:04:05', AT],
  ['2025-01-02 03:04:05', AT],
  ['2025-01-02 03:04:05 UTC', AT],
  ['2025-01-02 03:04:05 GMT', AT],
  ['2025-01-02, 03:04:05', AT],
  ['2025-01-02 03:04', '2025-01-02T03:04:00.000Z'],
  ['2025-1-2 3:04', '2025-01-02T03:04:00.000Z'],
  ['  2025-01-02 03:04:05  ', AT],
  ['2025-01-02 03:04:05'.padEnd(64), AT],
  ['2025-06-01', '2025-06-01T00:00:00.000Z'],
  ['2025/06/01', '2025-06-01T00:00:00.000Z'],
  ['2025.06.01 12:34', '2025-06-01T12:34:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2000-02-29', '2000-02-29T00:00:00.000Z'],
  ['1990-01-01', '1990-01-01T00:00:00.000Z'],
  ['2026-11-29T12:00:00Z', '2026-11-29T12:00:00.000Z'],
  ['2026-11-29T13:00:00+02:00', '2026-11-29T11:00:00.000Z'],
  // Unix time.
  ['1735787045', AT],
  ['1735787045.25', '2025-01-02T03:04:05.250Z'],
  ['1735787045000', AT],
  ['1735787045678', '2025-01-02T03:04:05.678Z'],
  ['631152000', '1990-01-01T00:00:00.000Z'],
  // Months by their names.
  ['Thu, 13 Oct 2011 18:02:00 UTC', '2011-10-13T18:02:00.000Z'],
  ['Thu, 13 Oct 2011 18:02:00 GMT', '2011-10-13T18:02:00.000Z'],
  ['Thu, 13 Oct 2011 18:02:00 +0000', '2011-10-13T18:02:00.000Z'],
  ['Thu, 13 Oct 2011 20:02:00 +0200 (UTC)', '2011-10-13T18:02:00.000Z'],
  ['13 Oct 2011 18:02 -0430', '2011-10-13T22:32:00.000Z'],
  ['Thursday, 13 October 2011', '2011-10-13T00:00:00.000Z'],
  ['13-Oct-2011', '2011-10-13T00:00:00.000Z'],
  ['Oct 13, 2011 6:02 PM', '2011-10-13T18:02:00.000Z'],
  ['Oct 13, 2011, 6:02\u202fPM', '2011-10-13T18:02:00.000Z'],
  ['October 13, 2011 at 6:02 p.m.', '2011-10-13T18:02:00.000Z'],
  ['Sept 1 2020', '2020-09-01T00:00:00.000Z'],
  ['1 MAY 2020', '2020-05-01T00:00:00.000Z'],
  // Numbers: by dots the day comes first, elsewhere the numbers must tell, or the sender.
  ['01.06.2025 12:34', '2025-06-01T12:34:00.000Z'],
  ['1.6.2025, 12:34:56', '2025-06-01T12:34:56.000Z'],
  ['31.12.2024', '2024-12-31T00:00:00.000Z'],
  ['13/06/2025', '2025-06-13T00:00:00.000Z'],
  ['06/13/2025 3:04 PM', '2025-06-13T15:04:00.000Z'],
  ['13-06-2025 12:34', '2025-06-13T12:34:00.000Z'],
  ['06/06/2025', '2025-06-06T00:00:00.000Z'],
  ['6/1/2025 3:04 PM', '2025-06-01T15:04:00.000Z', 'month_first'],
  ['6/1/2025 3:04 PM', '2025-01-06T15:04:00.000Z', 'day_first'],
  ['06/01/2025', '2025-06-01T00:00:00.000Z', 'month_first'],
  ['06-01-2025', '2025-01-06T00:00:00.000Z', 'day_first'],
  ['06.01.2025', '2025-06-01T00:00:00.000Z', 'month_first'],
  ['12/31/2024 12:00:01 AM', '2024-12-31T00:00:01.000Z'],
  ['12/31/2024 1:00 am', '2024-12-31T01:00:00.000Z'],
  ['12/31/2024 12:00 pm', '2024-12-31T12:00:00.000Z'],
  ['2025-01-06', '2025-01-06T00:00:00.000Z', 'day_first'],
]

const UNKNOWN: [why: string, text: string, order?: DateOrder][] = [
  ['no text', ''],
  ['a blank', ' '],
  ['a word', 'yesterday'],
  ['a yes', 'true'],
  ['a small number', '42'],
  ['a day of a spreadsheet', '45810.5'],
  ['a time that a spreadsheet rounded', '1.73579E+09'],
  ['Unix time before 1990', '100000000'],
  ['Unix time ahead', '1999999999'],
  ['Unix milliseconds ahead', '1999999999999'],
  ['Unix microseconds', '1735787045000000'],
  ['a day or a month first', '06/01/2025'],
  ['a day or a month first, with a clock of twelve hours', '6/1/2025 3:04 PM'],
  ['a day or a month first, by dashes', '01-06-2025'],
  ['a day or a month first, the second twelve', '06/12/2025'],
  ['a day or a month first, the first twelve', '12/06/2025'],
  ['two digits of the year', '13/06/25'],
  ['a month 13 by what the sender says', '13/06/2025', 'month_first'],
  ['a month 13 by dots', '06.13.2025'],
  ['two signs', '13/06-2025'],
  ['two signs, the year first', '2025-06/13'],
  ['no such day', '2025-02-30'],
  ['no leap year', '2025-02-29'],
  ['no leap year at the end of a century', '2100-02-29'],
  ['day 31 of a month of 30', '31.04.2025'],
  ['day 0', '2025-01-00'],
  ['month 0', '2025-00-01'],
  ['month 13', '2025-13-01'],
  ['no month of that name', '13 Okt 2011'],
  ['a month that is cut', '13 Octo 2011'],
  ['hour 24', '2025-01-02 24:00'],
  ['minute 60', '2025-01-02 03:60'],
  ['second 60', '2025-01-02 03:04:60'],
  ['hour 13 of twelve', '2025-01-02 13:04 PM'],
  ['hour 0 of twelve', '2025-01-02 0:04 AM'],
  ['an hour alone', '2025-01-02 03'],
  ['a clock alone', '03:04:05'],
  ['an offset that no place has', '2025-01-02T03:04:05+14:01'],
  ['an offset of 60 minutes', '2025-01-02T03:04:05+01:60'],
  ['a zone with two meanings', '2025-01-02 03:04:05 CST'],
  ['a zone by its place', '2025-01-02 03:04:05 Europe/Berlin'],
  ['a date and something else', '2025-01-02 or so'],
  ['a date with too many digits', '2025-01-020'],
  ['a year with too many digits', '13/06/20255'],
  ['two dates', '2025-01-02 2025-01-03'],
  ['what databases write for no date', '0000-00-00 00:00:00'],
  ['the first date of others', '0001-01-01T00:00:00Z'],
  ['where computers begin to count', '1970-01-01 00:00:00'],
  ['the last day before 1990', '1989-12-31T23:59:59Z'],
  ['a moment before 1990 by its zone', '1990-01-01T00:00:00+00:30'],
  ['a second ahead', '2026-11-29T12:00:01Z'],
  ['years ahead', '2031-01-01'],
  ['digits of another script', '٢٠٢٥-٠١-٠٢'],
  ['a text that is too long', '2025-01-02'.padEnd(65)],
  ['a date and a clock without a blank', '2025-01-0203:04'],
]

describe('a time that stands in a list is read:', () => {
  test.for(READ)('%s is %s (order: %s)', ([text, time, order]) => {
    expect(timeOf(text, order, NOW)).toBe(Date.parse(time))
  })
})

describe('what may be another time, or none, is not guessed at:', () => {
  test.for(UNKNOWN)('%s, %j (order: %s)', ([, text, order]) => {
    expect(timeOf(text, order, NOW)).toBeUndefined()
  })
})

test('every day since 1990 is read from its number, its name and its seconds as the same day', () => {
  for (let at = Date.UTC(1990, 0, 1); at < NOW; at += 24 * 3600 * 1000) {
    const date = new Date(at)
    const iso = date.toISOString().slice(0, 10)
    const [year, month, day] = iso.split('-')
    const forms = [iso, date.toUTCString(), `${day}.${month}.${year}`, `${at / 1000}`, `${at}`]
    expect(forms.map(form => timeOf(form, undefined, NOW))).toEqual(forms.map(() => at))
    expect(timeOf(`${month}/${day}/${year}`, 'month_first', NOW)).toBe(at)
  }
})
