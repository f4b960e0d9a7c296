import { equalBytes, getUint48, setUint48 } from '../../core/bytes.ts'
import { topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { UNDO_MS } from '../../core/limits.ts'
import { mintToken, readToken } from '../../core/token.ts'
import type { ActorContext } from '../call/context.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { demandAllowed, undoAct } from '../suppression/statements.ts'
import type { UnsubscribeDeps } from './deps.ts'
import { findTopicOwner } from './topic-owner.ts'
import { type Extent, type Unsubscribed, unsubscribeClaim } from './unsubscribe.ts'

const EXTENTS: readonly Extent[] = ['topic', 'workspace']

/**
 * Returns the undo token of an unsubscribe.
 *
 * It is given only in the answer to the act, so that the mailed link alone can never resubscribe anybody. It names the
 * millisecond of the act and lifts only what that act wrote.
 */
export function mintUndo(deps: UnsubscribeDeps, { claim, at }: Unsubscribed, extent: Extent): string {
  const ref = new Uint8Array(7)
  setUint48(new DataView(ref.buffer), 0, at)
  ref[6] = EXTENTS.indexOf(extent)
  return mintToken(deps.keyring, 'undo', { topic: claim.topic, addressId: claim.addressId, ref })
}

/**
 * Undoes an unsubscribe within half an hour. Returns its extent. Throws `token.invalid` where link and undo token do not
 * match, `undo.expired`, `preferences.limited` beyond the daily limit of changes, `database.unavailable`.
 */
export async function undo(
  ctx: ActorContext<UnsubscribeDeps>,
  token: string,
  undoText: string,
): Promise<Extent> {
  const link = unsubscribeClaim(ctx, token)
  const claim = readToken(ctx.keyring, 'undo', undoText)
  const extent = EXTENTS[claim?.ref[6] ?? -1]
  if (!claim || !extent || claim.topic !== link.topic || !equalBytes(claim.addressId, link.addressId)) {
    throw new Fault({ code: 'token.invalid' })
  }
  const doneAt = getUint48(new DataView(claim.ref.buffer, claim.ref.byteOffset), 0)
  const now = ctx.clock()
  if (now > doneAt + UNDO_MS) throw new Fault({ code: 'undo.expired' })
  const place = await findTopicOwner(ctx, claim.topic)
  if (!place) return extent
  const scope = extent === 'topic' ? topicScope(place.topic) : workspaceScope(place.workspace)
  const act = (addressId: Uint8Array) =>
    undoAct(ctx, {
      at: now,
      doneAt,
      tenant: place.tenant,
      workspace: place.workspace,
      addressId,
      stops: [{ scope, reason: 'unsubscribed' }],
    })
  // Waits for the database, so that the page says "undone" only when it is.
  demandAllowed(await commitFollowing(ctx, claim.addressId, act, 'results'), now)
  return extent
}
