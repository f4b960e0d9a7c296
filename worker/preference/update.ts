import type { Deps } from '../deps.ts'
import { stopAct } from '../suppression/add.ts'
import { commitFollowing } from '../suppression/follow.ts'
import type { Reason } from '../suppression/reason.ts'
import { type ScopeCode, topicScope, workspaceScope } from '../suppression/scope.ts'
import type { Opened } from './open.ts'
import { endedTopics, type Wish } from './preference.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Does what a recipient wished in an opened preference center: ends topics, pauses everything or stops everything, in one act. */
export async function updatePreferences(deps: Deps, opened: Opened, wish: Wish): Promise<void> {
  const at = deps.clock()
  const stop = (addressId: Uint8Array, scope: ScopeCode, reason: Reason, until: number | null) =>
    stopAct(
      {
        at,
        tenant: opened.place.tenant,
        workspace: opened.place.workspace,
        actor: 'recipient',
        addressId,
        scope,
        reason,
        source: 'recipient',
        until,
        via: 'preferences',
      },
      deps.ids,
    )
  const everything = workspaceScope(opened.place.workspace)
  const actFor = (id: Uint8Array) =>
    wish.act === 'save'
      ? endedTopics(opened, wish).flatMap(topic => stop(id, topicScope(topic.number), 'unsubscribed', null))
      : wish.act === 'pause'
        ? stop(id, everything, 'paused', at + wish.days * DAY_MS)
        : stop(id, everything, 'unsubscribed', null)
  const { addressId } = opened.claim
  if (actFor(addressId).length > 0) await commitFollowing(deps, addressId, actFor)
}
