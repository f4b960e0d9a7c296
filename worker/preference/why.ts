import type { SubscriptionRow } from '../../db/subscription.ts'
import type { ConfirmedRequest } from '../../db/subscription-request.ts'
import { type Basis, basisOf } from '../consent/basis.ts'

/** Why mail comes: a sign-up that was confirmed here, a consent that the sender recorded, or nothing that is known. */
export type Why =
  | { ground: 'confirmed'; at: number; source: string }
  | { ground: Basis; at: number }
  | { ground: 'unknown' }

/** Returns why a recipient gets mail of a workspace, from the newest of what they confirmed and what the sender recorded. */
export function whyOf(
  confirmed: ConfirmedRequest | undefined,
  subscriptions: readonly SubscriptionRow[],
): Why {
  const given = subscriptions.filter(({ basis, givenAt }) => basis !== null && givenAt !== null)
  const newest = given.sort((a, b) => b.givenAt! - a.givenAt!)[0]
  if (confirmed && confirmed.closedAt >= (newest?.givenAt ?? 0))
    return { ground: 'confirmed', at: confirmed.closedAt, source: confirmed.sourceHost }
  if (newest) return { ground: basisOf(newest.basis!), at: newest.givenAt! }
  return { ground: 'unknown' }
}
