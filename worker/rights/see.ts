import { sealedAddress } from '../../db/address.ts'
import { type BrandRow, brandOf } from '../../db/brand.ts'
import { allEventsOf } from '../../db/event-list.ts'
import { chosenLanguage } from '../../db/recipient-choice.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { linkByRef } from '../../db/rights-link.ts'
import { rightsRequestsOf } from '../../db/rights-request.ts'
import { allSubscriptionsOf } from '../../db/subscription.ts'
import { isRefusing } from '../../db/subscription-refusal.ts'
import { matchingPlatform, suppressionsOf } from '../../db/suppression.ts'
import { workspacesOf } from '../../db/tenant.ts'
import { allTopicsOf } from '../../db/topic.ts'
import { openHistory } from '../consent/history.ts'
import type { Deps } from '../deps.ts'
import { type Held, heldOf } from './data.ts'
import { readSession, stillOpen } from './enter.ts'
import { deadlineOf, regimesOf } from './regime.ts'

/** Everything that is held about a recipient, and what its page needs besides. */
export interface Seen {
  held: Held
  /** In which languages they read, what counts most first. */
  languages: string[]
  /** How the sender's pages look. */
  brand: BrandRow | undefined
  /** Whether they said "this was not me" so lately that the sender may not ask them anew. */
  refusing: boolean
  /** When the sender would have to answer a request that is made now. */
  dueAt: number
}

/**
 * Returns everything that is held about a recipient at a tenant, in one round trip. Throws `rights_session.over`,
 * `database.unavailable`.
 */
export async function seeData(deps: Deps, session: string): Promise<Seen> {
  const claim = await readSession(deps, session)
  const { addressId, tenant } = claim
  const [
    [link],
    workspaces,
    topics,
    subscriptions,
    suppressions,
    platform,
    events,
    [key],
    [kept],
    requests,
    languages,
    [brand],
    refusing,
  ] = await deps.db.read('fresh', [
    linkByRef(claim.ref),
    workspacesOf(tenant),
    allTopicsOf(tenant),
    allSubscriptionsOf(tenant, addressId),
    suppressionsOf(addressId),
    matchingPlatform(claim.platformId),
    allEventsOf(addressId),
    recipientKeyOf(addressId),
    sealedAddress(addressId),
    rightsRequestsOf(addressId),
    chosenLanguage(addressId),
    brandOf(claim.workspace),
    isRefusing(claim.workspace, addressId, deps.clock()),
  ])
  const { address, sender, company, locale, regimes } = await stillOpen(deps, claim, link)
  const now = deps.clock()
  const held = heldOf({
    now,
    sender,
    company,
    address,
    addressKept: kept !== undefined,
    workspaces,
    topics,
    subscriptions,
    suppressions,
    platform,
    history: await openHistory(deps, tenant, key, events),
    requests,
  })
  const { dueAt } = deadlineOf(regimesOf(regimes), now, false)
  return { held, languages: [...languages, locale], brand, refusing, dueAt }
}
