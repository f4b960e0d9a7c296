import { withoutEntities } from './entities.ts'

const BLANKS = ' \t\r\n\f'
const isBlank = (char: string | undefined) => char !== undefined && BLANKS.includes(char)
const endsName = (char: string | undefined) => char === undefined || ' \t\r\n\f/>='.includes(char)

/** Returns where the name of a tag ends, which begins at `from`. */
export function endOfName(html: string, from: number): number {
  let at = from
  while (!endsName(html[at])) at++
  return at
}

/**
 * Reads the attributes behind the name of a tag as browsers do, so that a `>` in quotes does not end it, and returns where it
 * ends; -1 where it does not.
 */
export function endOfTag(html: string, from: number, said?: (name: string, value: string) => void): number {
  let at = from
  while (at < html.length) {
    while (isBlank(html[at]) || html[at] === '/') at++
    if (html[at] === '>') return at + 1
    const nameAt = at
    at = endOfName(html, at + 1)
    const nameTo = at
    while (isBlank(html[at])) at++
    if (html[at] !== '=') {
      said?.(html.slice(nameAt, nameTo), '')
      continue
    }
    at++
    while (isBlank(html[at])) at++
    const quote = html[at] === '"' || html[at] === "'" ? html[at] : undefined
    const valueAt = quote ? at + 1 : at
    if (quote) at = html.indexOf(quote, valueAt)
    else while (at < html.length && html[at] !== '>' && !isBlank(html[at])) at++
    if (at < 0) return -1
    said?.(html.slice(nameAt, nameTo), html.slice(valueAt, at))
    if (quote) at++
  }
  return -1
}

/** Returns the attributes of a whole tag by name; the first of a name counts. */
export function attributesOf(tag: string): Map<string, string> {
  const attributes = new Map<string, string>()
  endOfTag(tag, endOfName(tag, 1), (name, value) => {
    const key = name.toLowerCase()
    if (!attributes.has(key)) attributes.set(key, withoutEntities(value))
  })
  return attributes
}
