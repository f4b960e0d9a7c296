const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const DATE =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)\s*,\s*)?(\d\d?)\s+([a-z]{3})\s+(\d{2,4})\s+(\d\d?):(\d\d)(?::(\d\d))?\s+(?:[+-]\d{4}|(?![ap]m$)[a-z]{1,5})$/i
const MESSAGE_ID = /^<(?:"[^"]*"|[^\s<>@"]+)@(?:\[[^[\]\s]*\]|[^\s<>@[\]]+)>$/

/** Whether a text is a date of RFC 5322, older forms included, and a day and time that exist. */
export function isDate(value: string): boolean {
  const [, day, month, year, hour, minute, second = '0'] = DATE.exec(withoutComments(value)) ?? []
  if (day === undefined) return false
  const at = MONTHS.indexOf(month!.toLowerCase())
  const isDay = at >= 0 && new Date(Date.UTC(Number(year), at, Number(day))).getUTCDate() === Number(day)
  return isDay && Number(day) > 0 && Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60
}

/** Whether a text is one id of RFC 5322: in angle brackets, with an @ in it. */
export const isMessageId = (value: string): boolean =>
  MESSAGE_ID.test(value.replace(/\([^()]*\)$/, '').trim())

const withoutComments = (value: string): string => value.replace(/\([^()]*\)/g, ' ').trim()
