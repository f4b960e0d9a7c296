/** Position of a copy of the database: the index of its last group, the term in which that was sent, and its time. */
export interface LogPosition {
  index: number
  term: number
  at: number
}

/** A term of the lane: a random number, and the index of its first group. */
export interface Term {
  term: number
  first: number
}

/** Terms that are remembered. A copy older than all of them is not trusted as a copy of this database. */
export const TERMS_MAX = 64

/**
 * Whether a position lies in the history that `terms` give, oldest first. A primary that lost its last commits goes on from an
 * earlier index in a new term; a copy that still has the lost groups stands beyond the end of its term.
 */
export function isOurs(
  terms: readonly Term[],
  { term, index }: Pick<LogPosition, 'index' | 'term'>,
): boolean {
  const at = terms.findLastIndex(one => one.term === term)
  const own = terms[at]
  return own !== undefined && index >= own.first && index < (terms[at + 1]?.first ?? Number.POSITIVE_INFINITY)
}

/** Returns the history with a new term that begins with group `first`. Terms that began there or later are dropped. */
export const withTerm = (terms: readonly Term[], term: Term): Term[] =>
  [...terms.filter(older => older.first < term.first), term].slice(-TERMS_MAX)

/** Returns the term in which the group of that index was sent, or undefined when it is older than the history. */
export const termOf = (terms: readonly Term[], index: number): number | undefined =>
  terms.findLast(({ first }) => first <= index)?.term
