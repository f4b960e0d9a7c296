import type { LackName } from './codes/lack.ts'
import { stateNow, stateOf } from './codes/subscription.ts'

/** A lack of consent and when it began; null where the recipient never gave or asked for anything. */
export interface Lack {
  reason: LackName
  since: number | null
}

/** The consent-related part of a subscription. Times are milliseconds since 1970 UTC. */
interface SubscriptionSpan {
  state: number
  at: number
  until: number | null
  givenAt: number | null
  endedAt: number | null
}

/**
 * Returns what a recipient's consent to a topic of that mode lacks now, or undefined when mail may go. It agrees with the look-up
 * of a check.
 *
 * In `opt_out` mode an unconfirmed sign-up without earlier history counts as none: a stranger who signs somebody up neither stops
 * their mail nor restarts it.
 */
export function lackOfConsent(
  mode: 'opt_in' | 'opt_out',
  standing: SubscriptionSpan | undefined,
  now: number,
): Lack | undefined {
  if (!standing) return mode === 'opt_in' ? { reason: 'no_consent', since: null } : undefined
  const { at, until, givenAt, endedAt } = standing
  const written = stateOf(standing.state)
  const state = stateNow(standing, now)
  if (state === 'confirmed') return undefined
  const unheard = (written === 'pending' || written === 'expired') && givenAt === null && endedAt === null
  if (unheard && mode === 'opt_out') return undefined
  const since = written === 'confirmed' ? until : at
  if (state === 'pending' && mode === 'opt_in') return { reason: 'pending_confirmation', since }
  return { reason: givenAt !== null && state !== 'ended' ? 'consent_expired' : 'no_consent', since }
}
