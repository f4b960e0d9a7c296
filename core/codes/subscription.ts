import { nameOf } from './code.ts'

/**
 * How a recipient stands with a topic. `pending`: asked, not confirmed. `confirmed`: a consent stands. `ended`: by their word.
 * `expired`: the request or the consent ran out. The numbers are what the database holds and never change.
 */
export const SUBSCRIPTION_STATES = { pending: 1, confirmed: 2, ended: 3, expired: 4 } as const

/** The name of a state. */
export type SubscriptionState = keyof typeof SUBSCRIPTION_STATES

/** Returns the state a stored number stands for; throws on a number this version does not know, rather than allow. */
export const stateOf = nameOf(SUBSCRIPTION_STATES, 'subscription state')

/** Returns how a subscription stands now: what has run out is expired, whether or not that was written down yet. */
export function stateNow(
  { state, until }: { state: number; until: number | null },
  now: number,
): SubscriptionState {
  const written = stateOf(state)
  const open = written === 'pending' || written === 'confirmed'
  return open && until !== null && until <= now ? 'expired' : written
}

/** What became of a sign-up. The numbers are what the database holds and never change. */
export const REQUEST_STATES = { open: 1, confirmed: 2, refused: 3, expired: 4 } as const
