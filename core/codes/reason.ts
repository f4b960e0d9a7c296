import { nameOf } from './code.ts'

/**
 * Why somebody is not mailed, strongest first: where several apply in one scope, the first of this list is the answer.
 * `paused` and `restricted` have a place of their own in the decision. The numbers are what the database holds and never change.
 */
export const REASONS = {
  legal: 1,
  complained: 2,
  bounced: 3,
  objected: 4,
  unsubscribed: 5,
  imported: 6,
  manual: 7,
  paused: 8,
  restricted: 9,
} as const

/** The name of a reason. */
export type Reason = keyof typeof REASONS

/**
 * The number of a bounce that no more than an unsigned mail tells of: it keeps marketing away and nothing else. A row of its own, so
 * that what a provider signs neither shortens it nor is weakened by it.
 */
export const MARKETING_BOUNCE = 10

const nameOfReason = nameOf(REASONS, 'suppression reason')

/** Whether a stored number stands for a reason that keeps marketing away and nothing else, whoever is asked. */
export const isOfMarketing = (code: number): boolean => code === MARKETING_BOUNCE

/** Returns the reason a stored number stands for; throws on a number this version does not know, rather than allow. */
export const reasonOf = (code: number): Reason => (isOfMarketing(code) ? 'bounced' : nameOfReason(code))

/**
 * Reasons that transactional mail passes: they say what the recipient wants, and a receipt is owed all the same.
 * Complaints, bounces and legal orders stop everything, and so does what a sender wrote in by hand or imported. Data whose use
 * is restricted is not used, not even for that (GDPR art. 18(2)).
 */
export const PASSED_BY_TRANSACTIONAL: ReadonlySet<Reason> = new Set(['unsubscribed', 'objected', 'paused'])

/** Whether transactional mail passes what a stored number stands for. */
export const passedByTransactional = (code: number): boolean =>
  isOfMarketing(code) || PASSED_BY_TRANSACTIONAL.has(reasonOf(code))
