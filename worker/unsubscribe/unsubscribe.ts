import { topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { type Claim, readToken } from '../../core/token.ts'
import { startedBy } from '../../db/suppression-choice.ts'
import type { Deps } from '../deps.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { stopAct, withdrew } from '../suppression/statements.ts'
import { findTopicOwner } from './topic-owner.ts'

/** How much a recipient leaves: the topic of the mail, or everything the sender mails. */
export type Extent = 'topic' | 'workspace'

/** What an unsubscribe came to. */
export interface Unsubscribed {
  claim: Claim
  /** When it happened. */
  at: number
  /** Whether mail was stopped by this very act, so that undoing it brings mail back; also where that is not known yet. */
  changed: boolean
  /** Whether mail of the topic is owed, and goes on whatever was chosen. */
  owed: boolean
}

/**
 * Unsubscribes the recipient a link names, and returns once that is durable (RFC 8058 §3.2).
 *
 * Throws `token.invalid` for a link that is not ours, `database.unavailable` when the act could not be made durable.
 * When topic or workspace are gone there is nothing left to leave, and that is said as success.
 */
export async function unsubscribe(
  deps: Deps,
  token: string,
  extent: Extent,
  via: 'one-click' | 'page' | 'mailto' | 'report',
): Promise<Unsubscribed> {
  const claim = unsubscribeClaim(deps, token)
  const at = deps.clock()
  const place = await findTopicOwner(deps, claim.topic)
  if (!place) return { claim, at, changed: false, owed: false }
  const owed = place.kind === 'transactional'
  const results = await commitFollowing(deps, claim.addressId, addressId =>
    stopAct(
      {
        at,
        tenant: place.tenant,
        workspace: place.workspace,
        actor: 'recipient',
        addressId,
        scope: extent === 'topic' ? topicScope(place.topic) : workspaceScope(place.workspace),
        reason: 'unsubscribed',
        until: null,
        via,
        messageRef: new TextDecoder().decode(claim.ref),
      },
      deps.ids,
    ),
  )
  if (!results) return { claim, at, changed: true, owed }
  return { claim, at, changed: startedBy(results, at) || withdrew(results), owed }
}

/** Returns what an unsubscribe link claims, or throws `token.invalid`. */
export function unsubscribeClaim(deps: Deps, token: string): Claim {
  const claim = readToken(deps.keyring, 'unsubscribe', token)
  if (!claim) throw new Fault({ code: 'token.invalid' })
  return claim
}
