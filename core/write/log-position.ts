/** How far a copy of the database has come: the index of the last group it has, the term in which that group was sent, and when. */
export interface LogPosition {
  index: number
  term: number
  at: number
}

/** A life of the lane, by the number it drew, and the index of its first group. */
export interface Term {
  term: number
  first: number
}

/** Terms that are remembered. A copy older than all of them is not believed to be a copy of ours. */
export const TERMS_MAX = 64

/**
 * Whether a position lies in the history that `terms` tell, oldest first. A primary that has lost its last commits goes on from an
 * earlier index, in a new term: a copy that still has what was lost stands beyond the end of its term.
 */
export function isOurs(
  terms: readonly Term[],
  { term, index }: Pick<LogPosition, 'index' | 'term'>,
): boolean {
  const at = terms.findLastIndex(one => one.term === term)
  const own = terms[at]
  return own !== undefined && index >= own.first && index < (terms[at + 1]?.first ?? Number.POSITIVE_INFINITY)
}

/** Returns the history with a new term that begins with group `first`: whatever had an index from there on is void. */
export const withTerm = (terms: readonly Term[], term: Term): Term[] =>
  [...terms.filter(older => older.first < term.first), term].slice(-TERMS_MAX)

/** Returns the term in which the group of that index was sent, as far as the history tells. */
export const termOf = (terms: readonly Term[], index: number): number | undefined =>
  terms.findLast(({ first }) => first <= index)?.term
