import { topicScope } from '../../core/codes/scope.ts'
import { REQUEST_STATES } from '../../core/codes/subscription.ts'
import type { WriteBatch } from '../../core/write/request.ts'
import { refuse } from '../../db/subscription-request.ts'
import type { ActorContext } from '../call/context.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { stopAct } from '../suppression/statements.ts'
import type { Done } from './confirm.ts'
import type { SubscriptionDeps } from './deps.ts'
import { requestId } from './link.ts'
import { type LoadedRequest, openRequest } from './load.ts'

/**
 * Refuses a sign-up ("this was not me"): it ends, no other is stored for this workspace for 30 days, and its topics are ended that
 * the recipient had not confirmed before. They are unsubscribed as well where this sign-up was confirmed, where the recipient takes
 * back what a page shows as confirmed, or where a mail client's one-click refuses. A repetition changes nothing. Throws
 * `token.invalid`, `confirmation.gone`, `database.unavailable`.
 */
export async function refuseSubscription(
  ctx: ActorContext<SubscriptionDeps>,
  token: string,
  via: 'one-click' | 'page' | 'take-back',
): Promise<Done> {
  const opened = await openRequest(ctx, token)
  const { row, topics, standing } = opened
  const at = ctx.clock()
  const refusal = refuse(
    row,
    ctx.event('consent.refused', {
      at,
      tenant: row.tenant,
      workspace: row.workspace,
      addressId: row.addressId,
      subject: requestId(row.ref),
      data: {
        topics: topics.map(topic => topic.name).join(' '),
        via: via === 'one-click' ? via : 'page',
      },
    }),
  )
  const stopping = via !== 'page' || row.state === REQUEST_STATES.confirmed
  const results = await commitFollowing(ctx, row.addressId, addressId => [
    ...(addressId === row.addressId ? refusal : []),
    ...(stopping ? stopTopics(ctx, opened, addressId, at) : []),
  ])
  // Confirmed concurrently: the refusal counts, so the sign-up is loaded again.
  if (standing === 'open' && !stopping && results?.[0]?.affected === 0)
    return refuseSubscription(ctx, token, via)
  if (stopping && standing === 'confirmed') return { ...opened, standing: 'ended', changed: true }
  // The topics were confirmed otherwise: the page must not say that no mail may come.
  if (!stopping && opened.unconfirmed.length === 0)
    return { ...opened, standing: 'confirmed', changed: false }
  return { ...opened, standing: 'refused', changed: standing === 'open' || standing === 'expired' }
}

/** Returns the act that unsubscribes the recipient of a sign-up from its topics. */
const stopTopics = (
  ctx: ActorContext<SubscriptionDeps>,
  { row, topics }: LoadedRequest,
  addressId: Uint8Array,
  at: number,
): WriteBatch =>
  topics.map(topic =>
    stopAct(ctx, {
      at,
      tenant: row.tenant,
      workspace: row.workspace,
      addressId,
      scope: topicScope(topic.number),
      reason: 'unsubscribed',
      until: null,
      via: 'confirmation',
    }),
  )
