import { topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { type Claim, readToken } from '../../core/token.ts'
import { stopOutcome } from '../../db/suppression-choice.ts'
import type { ActorContext } from '../call/context.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { stopAct } from '../suppression/statements.ts'
import type { UnsubscribeDeps } from './deps.ts'
import { findTopicOwner } from './topic-owner.ts'

/** The extent of an unsubscribe: the topic of the mail, or all mail of the sender. */
export type Extent = 'topic' | 'workspace'

/** The outcome of an unsubscribe. */
export interface Unsubscribed {
  claim: Claim
  at: number
  /** Whether this act stopped mail, so that its undo brings mail back; true where that is not known yet. */
  changed: boolean
  /** Whether the topic is transactional, so that its mail goes on. */
  owed: boolean
}

/**
 * Unsubscribes the recipient of a link, and returns once that is durable (RFC 8058 §3.2).
 *
 * Throws `token.invalid` for a link that does not verify, `database.unavailable` where the act could not be made durable.
 * Where topic or workspace are gone it succeeds, since there is nothing to leave.
 */
export async function unsubscribe(
  ctx: ActorContext<UnsubscribeDeps>,
  token: string,
  extent: Extent,
  via: 'one-click' | 'page' | 'mailto' | 'report',
): Promise<Unsubscribed> {
  const claim = unsubscribeClaim(ctx, token)
  const at = ctx.clock()
  const place = await findTopicOwner(ctx, claim.topic)
  if (!place) return { claim, at, changed: false, owed: false }
  const owed = place.kind === 'transactional'
  const results = await commitFollowing(ctx, claim.addressId, addressId => [
    stopAct(ctx, {
      at,
      tenant: place.tenant,
      workspace: place.workspace,
      addressId,
      scope: extent === 'topic' ? topicScope(place.topic) : workspaceScope(place.workspace),
      reason: 'unsubscribed',
      until: null,
      via,
      messageRef: new TextDecoder().decode(claim.ref),
    }),
  ])
  if (!results) return { claim, at, changed: true, owed }
  const { started, withdrew } = stopOutcome(results[0]!)
  return { claim, at, changed: started || withdrew, owed }
}

/** Returns the claim of an unsubscribe link. Throws `token.invalid`. */
export function unsubscribeClaim(deps: UnsubscribeDeps, token: string): Claim {
  const claim = readToken(deps.keyring, 'unsubscribe', token)
  if (!claim) throw new Fault({ code: 'token.invalid' })
  return claim
}
