/** Why a text gets no footer. */
export type TextFlaw = 'another' | 'type' | 'named' | 'boundary' | 'after_end' | 'encoding' | 'charset'

/** Why a message cannot be changed. */
export type MimeFlaw =
  | 'signed'
  | 'encrypted'
  | 'nested'
  | 'ambiguous'
  | 'bare_cr'
  | 'no_head'
  | 'no_text'
  | TextFlaw

/** A message that cannot be changed, because of one of its parts or as a whole. */
export class MimeRefused extends Error {
  constructor(
    readonly flaw: MimeFlaw,
    readonly part?: string,
  ) {
    super(flaw)
  }
}

/** Returns the fields of a header, each with its folds. */
export const fieldsIn = (head: string): string[] => head.split(/\r\n(?![ \t])/).filter(field => field !== '')

/** Returns the name of a field, in lower case. */
export const fieldName = (field: string): string => /^[^:\s]*/.exec(field)![0].toLowerCase()

/** Returns the fields of each name, in their order. */
export function fieldsByName(fields: readonly string[]): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const field of fields) {
    const name = fieldName(field)
    const others = named.get(name)
    if (others) others.push(field)
    else named.set(name, [field])
  }
  return named
}

/** Returns the value of a field, unfolded. */
export const fieldValue = (field: string): string =>
  field
    .slice(field.indexOf(':') + 1)
    .replace(/\r\n(?=[ \t])/g, '')
    .trim()

/** Splits a message at its first empty line. */
export function partsOf(raw: string): { head: string; body: string } {
  // A part may have no fields; a message must have some.
  if (raw.startsWith('\r\n')) return { head: '', body: raw.slice(2) }
  const at = raw.indexOf('\r\n\r\n')
  if (at < 0) throw new MimeRefused('no_head')
  return { head: raw.slice(0, at), body: raw.slice(at + 4) }
}
