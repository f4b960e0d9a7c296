import { nameOf } from './code.ts'

/**
 * Reasons why mail is denied, strongest first: where several apply in one scope, the first of this list is the answer. The
 * decision checks `paused` and `restricted` separately. The database holds these numbers; they never change.
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

/** Name of a reason. */
export type Reason = keyof typeof REASONS

/**
 * Number of a bounce that only an unsigned mail reports: it denies marketing alone. It has its own row, so that a provider's
 * signed report neither shortens it nor is weakened by it.
 */
export const MARKETING_BOUNCE = 10

const nameOfReason = nameOf(REASONS, 'suppression reason')

/** Whether a stored number is a reason that denies marketing alone. */
export const isOfMarketing = (code: number): boolean => code === MARKETING_BOUNCE

/** Returns the reason of a stored number. Throws on a number this version does not know, rather than allow. */
export const reasonOf = (code: number): Reason => (isOfMarketing(code) ? 'bounced' : nameOfReason(code))

/**
 * Reasons that transactional mail passes: they are the recipient's choices, and a receipt is owed all the same. Complaints,
 * bounces, legal orders and the sender's own manual or imported entries stop everything. Restricted data is not even used for
 * transactional mail (GDPR art. 18(2)).
 */
export const PASSED_BY_TRANSACTIONAL: ReadonlySet<Reason> = new Set(['unsubscribed', 'objected', 'paused'])

/** Whether transactional mail passes the reason of a stored number. */
export const passedByTransactional = (code: number): boolean =>
  isOfMarketing(code) || PASSED_BY_TRANSACTIONAL.has(reasonOf(code))
