/**
 * Whose word a suppression is. The recipient's stands above everybody's: what they have said, nobody else takes back.
 * The numbers are what the database holds and never change.
 */
export const SOURCES = { recipient: 1, sender: 2, import: 3, report: 4 } as const

/** The name of a source. */
export type Source = keyof typeof SOURCES

const names = new Map<number, Source>(Object.entries(SOURCES).map(([name, code]) => [code, name as Source]))

/** Returns the source a stored number stands for; throws on a number this version does not know. */
export function sourceOf(code: number): Source {
  const source = names.get(code)
  if (source === undefined) throw new Error(`unknown suppression source ${code}`)
  return source
}

/** How long whoever stopped mail may take that back, in milliseconds: half an hour. */
export const UNDO_MS = 30 * 60 * 1000
