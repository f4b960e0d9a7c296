/** What a recipient can demand about their data. The numbers are what the database holds and never change. */
export const RIGHTS = {
  access: 1,
  rectification: 2,
  erasure: 3,
  restriction: 4,
  portability: 5,
  objection: 6,
} as const

/** The name of a right. */
export type Right = keyof typeof RIGHTS

/** How a request stands. The numbers are what the database holds and never change. */
export const CASE_STATES = { open: 1, closed: 2 } as const

/** The name of a state. */
export type CaseState = keyof typeof CASE_STATES

/** How a request ended. `moot`: the person was erased before. The numbers are what the database holds and never change. */
export const CASE_OUTCOMES = {
  fulfilled: 1,
  partly_fulfilled: 2,
  refused: 3,
  not_identified: 4,
  moot: 5,
} as const

/** The name of an outcome. */
export type CaseOutcome = keyof typeof CASE_OUTCOMES

/** What a mailed link opens. The numbers are what the database holds and never change. */
export const LINK_KINDS = { access: 1, correction: 2 } as const

/** The name of a kind. */
export type LinkKind = keyof typeof LINK_KINDS

/**
 * What became of a mailed link. `open`: its button was not pressed yet. `used`: it was. `refused`: "this was not me". `ended`: what
 * it opened is closed again. The numbers are what the database holds and never change.
 */
export const LINK_STATES = { open: 1, used: 2, refused: 3, ended: 4 } as const
