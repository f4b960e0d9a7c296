import type { Reason } from '../../core/codes/reason.ts'
import type { Suppression } from './decision.ts'

/**
 * Reasons for which not even a confirmation is mailed: the address is dead, its owner complained or had its use restricted, or the law
 * says so. A bounce that nobody signed is none: whoever forges one would keep its recipient from ever coming back.
 */
const NEVER_MAILED = ['legal', 'complained', 'bounced', 'restricted'] as const satisfies Reason[]

/** Returns why somebody is mailed nothing at all, not even a question; undefined when they may be. */
export function unmailable(against: readonly Suppression[], now: number): Reason | undefined {
  const standing = against.filter(({ until, ofMarketing }) => !ofMarketing && (until === null || until > now))
  return NEVER_MAILED.find(reason => standing.some(suppression => suppression.reason === reason))
}
