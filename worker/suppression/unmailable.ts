import type { Reason } from '../../core/codes/reason.ts'
import type { Suppression } from './decision.ts'

/**
 * Reasons against even a confirmation mail: a dead address, a complaint, a restriction, or the law. An unsigned bounce is
 * none, since a forged one would keep its recipient from ever coming back.
 */
const NEVER_MAILED = ['legal', 'complained', 'bounced', 'restricted'] as const satisfies Reason[]

/** Returns the reason why a recipient may not even be mailed a confirmation; undefined where they may. */
export function unmailable(against: readonly Suppression[], now: number): Reason | undefined {
  const standing = against.filter(({ until, ofMarketing }) => !ofMarketing && (until === null || until > now))
  return NEVER_MAILED.find(reason => standing.some(suppression => suppression.reason === reason))
}
