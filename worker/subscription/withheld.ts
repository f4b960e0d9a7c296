import type { Suppression } from '../suppression/decision.ts'
import type { Reason } from '../suppression/reason.ts'

/** Reasons for which not even a confirmation is mailed: the address is dead, its owner complained, or the law says so. */
const NEVER_MAILED = ['legal', 'complained', 'bounced'] as const satisfies Reason[]

/** Returns for which reason no confirmation is mailed to whom that stands against, or undefined. */
export function withheldFor(against: readonly Suppression[], now: number): Reason | undefined {
  const standing = against.filter(({ until }) => until === null || until > now)
  return NEVER_MAILED.find(reason => standing.some(suppression => suppression.reason === reason))
}
