import { nameOf } from './code.ts'

/**
 * States of a subscription. `pending`: requested, not confirmed. `confirmed`: consent was given. `ended`: by the recipient's
 * choice. `expired`: the request or the consent expired. The database holds these numbers; they never change.
 */
export const SUBSCRIPTION_STATES = { pending: 1, confirmed: 2, ended: 3, expired: 4 } as const

/** Name of a state. */
export type SubscriptionState = keyof typeof SUBSCRIPTION_STATES

/** Returns the state of a stored number. Throws on a number this version does not know, rather than allow. */
export const stateOf = nameOf(SUBSCRIPTION_STATES, 'subscription state')

/** Returns the state of a subscription now. A subscription past its end is expired, even while its row does not say so. */
export function stateNow(
  { state, until }: { state: number; until: number | null },
  now: number,
): SubscriptionState {
  const written = stateOf(state)
  const open = written === 'pending' || written === 'confirmed'
  return open && until !== null && until <= now ? 'expired' : written
}

/** States of a sign-up. The database holds these numbers; they never change. */
export const REQUEST_STATES = { open: 1, confirmed: 2, refused: 3, expired: 4 } as const
