/** How far a copy of the database has come: the number of the last group it has, the epoch that group was sent in, and when. */
export interface LogPosition {
  index: number
  term: number
  at: number
}

/** From which number on groups were sent in an epoch. */
export interface Term {
  term: number
  first: number
}

/** Eras that are remembered. A copy that is older than all of them is not believed to be a copy of ours. */
export const TERMS_MAX = 64

/**
 * Whether a copy at `mark` stands in the history that `eras` tell, oldest first. A primary that has lost its last commits counts
 * on from an earlier number, in a new era: a copy that still has what was lost stands beyond where its era ended.
 */
export function isOurs(eras: readonly Term[], { term, index }: Pick<LogPosition, 'index' | 'term'>): boolean {
  const at = eras.findLastIndex(era => era.term === term)
  const era = eras[at]
  return era !== undefined && index >= era.first && index < (eras[at + 1]?.first ?? Number.POSITIVE_INFINITY)
}

/** Returns the history with a new era that begins with group `first`: whatever was counted from there on before is void. */
export const withTerm = (eras: readonly Term[], era: Term): Term[] =>
  [...eras.filter(older => older.first < era.first), era].slice(-TERMS_MAX)

/** Returns the epoch in which a group of that number was sent, as far as the history tells. */
export const termOf = (eras: readonly Term[], index: number): number | undefined =>
  eras.findLast(({ first }) => first <= index)?.term
