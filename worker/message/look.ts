import { fieldName } from './mime.ts'
import { bracketed } from './scan.ts'

/** Says when there are several of a field where there may be one. */
export const once = (values: string[], name: string): string | undefined =>
  values.length > 1 ? `There are ${values.length} ${name} fields.` : undefined

/** Says when a line of a field is longer than libraries leave as it is. */
export function foldsOver(fields: string[], name: string): string | undefined {
  const lines = fields.filter(field => fieldName(field) === name).flatMap(field => field.split('\r\n'))
  const longest = lines.reduce((most, { length }) => Math.max(most, length), 0)
  // A line that begins with the name may still be folded behind the colon.
  const room = 78 + 'List-Unsubscribe:'.length
  return longest > room || lines.slice(1).some(line => line.length > 78)
    ? `A line of it has ${longest} characters; 78 stay intact.`
    : undefined
}

/** Words of a way out, in the languages of ours. */
const WAY_OUT =
  /unsubscrib|opt.?out|abmeld|abbestell|désabonn|desinscri|désinscri|cancelar|darse de baja|annulla|disiscri|descadastr|afmeld|uitschrijv|wypis|zrezygnuj|配信停止|配信を停止|購読解除|إلغاء/i

/** Whether a body shows a way out: the link itself, or a link with such words. */
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

/** Compares texts as a reader would: by their letters and digits. */
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
