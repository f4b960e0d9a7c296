import type { StatementResult, Wired } from '../../core/write/statement.ts'
import { sound } from './hrana.ts'

/**
 * Part of a statement that writes one row given in JSON, as `value`, at the place `key`. Where several of one text stand together, they
 * are sent as one that writes all of their rows in order: the server parses a text once, which costs it more than a row. Such a
 * statement has no other argument, and returns a row whose first column is the place.
 */
export const FOLDABLE = 'FROM (SELECT 0 AS key, ?1 AS value)'
const FOLDED = "FROM json_each('[' || ?1 || ']')"

/** Returns the row of a foldable statement. Throws `StatementRefused` for a number that is no safe integer. */
export const foldableRow = (values: readonly (string | number | null)[]): string =>
  // JSON would hide half a character from `wired`, and write null for a number that is none.
  JSON.stringify(values.map(sound))

/** What stands between the text of a statement and its one argument, and behind that. */
const ARGS = '","args":['
const BETWEEN = `${ARGS}{"type":"text","value":"`
const BEHIND = '"}]}'

/** Statements as they are sent, and how many of the given ones each stands for. */
export interface Folded {
  statements: Wired[]
  counts: number[]
}

/** Folds those of one text that stand together. */
export function fold(given: readonly Wired[]): Folded {
  const folded: Folded = { statements: [], counts: [] }
  for (let i = 0; i < given.length; ) {
    const head = headOf(given[i]!)
    let end = i + 1
    if (head !== undefined) while (end < given.length && given[end]!.startsWith(head)) end++
    folded.statements.push(end - i === 1 ? given[i]! : together(head!, given.slice(i, end)))
    folded.counts.push(end - i)
    i = end
  }
  return folded
}

/** Returns the results of the given statements from those of the folded ones. */
export const unfold = (results: readonly StatementResult[], { counts }: Folded): StatementResult[] =>
  results.flatMap((result, i) => {
    if (counts[i] === 1) return [result]
    const own = Array.from({ length: counts[i]! }, (): StatementResult => ({ rows: [], affected: 0 }))
    for (const row of result.rows) own[row[0] as number]!.rows.push(row)
    return own
  })

/** The arguments are not looked through: an import's are a megabyte. */
function headOf(statement: Wired): string | undefined {
  const end = statement.indexOf(ARGS)
  return statement.startsWith(BETWEEN, end) && statement.slice(0, end).includes(FOLDABLE)
    ? statement.slice(0, end + BETWEEN.length)
    : undefined
}

const together = (head: string, statements: readonly Wired[]): Wired =>
  head.replace(FOLDABLE, FOLDED) +
  statements.map(statement => statement.slice(head.length, -BEHIND.length)).join(',') +
  BEHIND
