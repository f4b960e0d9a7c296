import { spansOf } from '../../db/event-list.ts'
import { noticesOf } from '../../db/notice.ts'
import { linkByRef } from '../../db/rights-link.ts'
import { subscriptionsOf } from '../../db/subscription.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import { topicsOf } from '../../db/topic.ts'
import { standingOf, toldOfConsent } from '../consent/prove.ts'
import { platformSuppression } from '../suppression/standing.ts'
import type { RightsDeps } from './deps.ts'
import { readSession, stillOpen } from './session-guard.ts'

/**
 * Returns the receipt of a recipient's state in all topics of the sender whose mail led here, with the content of the
 * sender's own proof. Throws `rights_session.over`, `database.unavailable`.
 */
export async function sessionReceipt(deps: RightsDeps, session: string): Promise<string> {
  const claim = await readSession(deps, session)
  const { addressId } = claim
  const [[link], [workspace], topics, notices, subscriptions, suppressions, platform, spans] =
    await deps.db.read('fresh', [
      linkByRef(claim.ref),
      workspaceByNumber(claim.workspace),
      topicsOf(claim.workspace),
      noticesOf(claim.workspace),
      subscriptionsOf(claim.workspace, addressId),
      suppressionsOf(addressId),
      matchingPlatform(claim.platformId),
      spansOf(addressId),
    ])
  await stillOpen(deps, claim, link)
  const told = await deps.db.read('fresh', toldOfConsent(spans, claim.workspace))
  const { receipt } = await standingOf(deps, {
    workspace: workspace!,
    addressId,
    topics,
    notices,
    subscriptions,
    suppressions,
    platform: platform.map(platformSuppression),
    told,
  })
  return receipt
}
