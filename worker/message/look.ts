import { folded } from './fold.ts'
import { fieldName } from './mime.ts'

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

/** Whether a folded text contains another text, by letters and digits alone. */
export const saysSame = (seen: string, wanted: string): boolean => bare(seen).includes(bare(folded(wanted)))

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
