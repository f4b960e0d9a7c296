import { withoutEntities } from './entities.ts'

/** A tag of HTML. */
export interface Tag {
  name: string
  closes: boolean
  attributes: Map<string, string>
  /** Where what comes behind it begins. */
  end: number
}

const isBlank = (char: string | undefined) => char !== undefined && ' \t\r\n\f/'.includes(char)
const endsName = (char: string | undefined) => char === undefined || ' \t\r\n\f/>='.includes(char)

/** Reads the tag at a `<` as browsers do, so that a `>` in quotes does not end it; undefined where it does not end. */
export function tagAt(html: string, from: number): Tag | undefined {
  const closes = html[from + 1] === '/'
  let at = from + (closes ? 2 : 1)
  const nameAt = at
  while (!endsName(html[at])) at++
  const name = html.slice(nameAt, at).toLowerCase()
  const attributes = new Map<string, string>()
  while (at < html.length) {
    while (isBlank(html[at])) at++
    if (html[at] === '>') return { name, closes, attributes, end: at + 1 }
    const keyAt = at++
    while (!endsName(html[at])) at++
    const key = html.slice(keyAt, at).toLowerCase()
    let next = at
    while (' \t\r\n\f'.includes(html[next] ?? '-')) next++
    let value = ''
    if (html[next] === '=') {
      at = next + 1
      while (' \t\r\n\f'.includes(html[at] ?? '-')) at++
      const quote = html[at]
      const quoted = quote === '"' || quote === "'"
      const valueAt = quoted ? at + 1 : at
      if (quoted) at = html.indexOf(quote, valueAt)
      else while (at < html.length && !' \t\r\n\f>'.includes(html[at]!)) at++
      if (at < 0) return undefined
      value = withoutEntities(html.slice(valueAt, at))
      if (quoted) at++
    }
    if (!attributes.has(key)) attributes.set(key, value)
  }
  return undefined
}
