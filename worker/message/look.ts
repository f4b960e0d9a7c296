import { fieldName } from './mime.ts'
import { bracketed } from './scan.ts'

/** Returns a finding where a field occurs several times. */
export const once = (values: string[], name: string): string | undefined =>
  values.length > 1 ? `There are ${values.length} ${name} fields.` : undefined

/** Returns a finding where a line of a field is so long that libraries may fold or encode it. */
export function foldsOver(fields: string[], name: string): string | undefined {
  const lines = fields.filter(field => fieldName(field) === name).flatMap(field => field.split('\r\n'))
  const longest = lines.reduce((most, { length }) => Math.max(most, length), 0)
  // The first line has room for the name, since libraries may fold after the colon.
  const room = 78 + 'List-Unsubscribe:'.length
  return longest > room || lines.slice(1).some(line => line.length > 78)
    ? `A line of it has ${longest} characters; 78 stay intact.`
    : undefined
}

/** Words for unsubscribing, in Floe's languages. */
const WAY_OUT =
  /unsubscrib|opt.?out|abmeld|abbestell|désabonn|desinscri|désinscri|cancelar|darse de baja|annulla|disiscri|descadastr|afmeld|uitschrijv|wypis|zrezygnuj|配信停止|配信を停止|購読解除|إلغاء/i

/** Whether a body shows how to unsubscribe: the link itself, or a link and such words. */
export const showsWayOut = ({
  links,
  https,
  text,
  html,
}: {
  links: string[]
  https: string[]
  text: string
  html: string
}): boolean => {
  const ways = new Set(https)
  return (
    links.some(link => ways.has(link) || WAY_OUT.test(link)) ||
    (links.length > 0 && (WAY_OUT.test(text) || WAY_OUT.test(html)))
  )
}

/** Whether a body contains a text, by letters and digits alone. */
export const saysSame = (body: string, wanted: string): boolean => bare(body).includes(bare(wanted))

const bare = (text: string): string =>
  withoutTags(text)
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function withoutTags(html: string): string {
  const kept: string[] = []
  let at = 0
  for (const { from, to } of bracketed(html)) {
    kept.push(html.slice(at, from))
    at = to
  }
  return [...kept, html.slice(at)].join(' ')
}
