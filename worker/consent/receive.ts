import { spansOf } from '../../db/event-list.ts'
import { noticesOf } from '../../db/notice.ts'
import { subscriptionsOf } from '../../db/subscription.ts'
import { matchingPlatform } from '../../db/suppression.ts'
import { addressHash } from '../core/address.ts'
import { toHex } from '../core/bytes.ts'
import { Fault } from '../core/fault.ts'
import type { Deps } from '../deps.ts'
import { readable } from '../encryption/read-address.ts'
import { openRequest } from '../subscription/open.ts'
import { CONFIRMABLE_MS } from '../subscription/state.ts'
import { platformSuppression } from '../suppression/standing.ts'
import { standingOf, toldOfConsent } from './prove.ts'

/**
 * Returns the receipt of what a recipient confirmed by this very link, for as long as the link lives: 7 days from the sign-up.
 * It holds no address and no evidence. Throws `token.invalid`, `confirmation.gone`, `database.unavailable`, `encryption.unavailable`.
 */
export async function ownReceipt(deps: Deps, token: string): Promise<string> {
  const opened = await openRequest(deps, token)
  const { row, standing, topics, suppressions } = opened
  const fresh = row.requestedAt + CONFIRMABLE_MS > deps.clock()
  if (standing !== 'confirmed' || !fresh) throw new Fault({ code: 'confirmation.gone' })
  const address = readable(opened.address)
  if (address === undefined) throw new Fault({ code: 'confirmation.gone' })
  const hash = addressHash(address)
  const [notices, subscriptions, platform, spans] = await deps.db.read('fresh', [
    noticesOf(row.workspace),
    subscriptionsOf(row.workspace, row.addressId),
    matchingPlatform(deps.indexes.platform.id(hash)),
    spansOf(row.addressId),
  ])
  const told = await deps.db.read('fresh', toldOfConsent(spans, row.workspace))
  const { receipt } = await standingOf(deps, {
    workspace: { number: row.workspace, sender: row.sender, company: row.company, linkHost: row.linkHost },
    addressId: row.addressId,
    hash: toHex(hash),
    topics,
    notices,
    subscriptions,
    suppressions,
    platform: platform.map(platformSuppression),
    told,
  })
  return receipt
}
