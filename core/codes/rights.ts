/** Rights of recipients over their data. The database holds these numbers; they never change. */
export const RIGHTS = {
  access: 1,
  rectification: 2,
  erasure: 3,
  restriction: 4,
  portability: 5,
  objection: 6,
} as const

/** Name of a right. */
export type Right = keyof typeof RIGHTS

/** States of a rights request. The database holds these numbers; they never change. */
export const CASE_STATES = { open: 1, closed: 2 } as const

/** Name of a state. */
export type CaseState = keyof typeof CASE_STATES

/** Outcomes of a rights request. `moot`: the person was erased before. The database holds these numbers; they never change. */
export const CASE_OUTCOMES = {
  fulfilled: 1,
  partly_fulfilled: 2,
  refused: 3,
  not_identified: 4,
  moot: 5,
} as const

/** Name of an outcome. */
export type CaseOutcome = keyof typeof CASE_OUTCOMES

/** Kinds of mailed link. The database holds these numbers; they never change. */
export const LINK_KINDS = { access: 1, correction: 2 } as const

/** Name of a kind. */
export type LinkKind = keyof typeof LINK_KINDS

/**
 * States of a mailed link. `open`: its button was not pressed yet. `used`: it was. `refused`: "this was not me". `ended`: the
 * session it opened was closed. The database holds these numbers; they never change.
 */
export const LINK_STATES = { open: 1, used: 2, refused: 3, ended: 4 } as const
