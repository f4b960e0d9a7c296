import { addressHash } from '../../core/address.ts'
import { Fault } from '../../core/fault.ts'
import { spansOf } from '../../db/event-list.ts'
import { noticesOf } from '../../db/notice.ts'
import { subscriptionsOf } from '../../db/subscription.ts'
import { matchingPlatform } from '../../db/suppression.ts'
import { standingOf, toldOfConsent } from '../consent/prove.ts'
import { readable } from '../encryption/read-address.ts'
import { platformSuppression } from '../suppression/standing.ts'
import type { SubscriptionDeps } from './deps.ts'
import { requestId } from './link.ts'
import { openRequest } from './load.ts'
import { readPress } from './press.ts'

/**
 * Returns the receipt of a confirmation to the client that pressed. It covers that confirmation only, and needs the press
 * token of the answer (`pressText`), valid for half an hour: the mailed link alone is not enough, since it may have been
 * forwarded. Throws `token.invalid`, `confirmation.gone`, `database.unavailable`, `encryption.unavailable`.
 */
export async function ownReceipt(deps: SubscriptionDeps, token: string, pressText: string): Promise<string> {
  const opened = await openRequest(deps, token)
  const { row, standing, topics, suppressions } = opened
  const pressed = readPress(deps.keyring, row.ref, pressText, deps.clock())
  if (standing !== 'confirmed' || !pressed) throw new Fault({ code: 'confirmation.gone' })
  const address = readable(opened.address)
  if (address === undefined) throw new Fault({ code: 'confirmation.gone' })
  const [notices, subscriptions, platform, spans] = await deps.db.read('fresh', [
    noticesOf(row.workspace),
    subscriptionsOf(row.workspace, row.addressId),
    matchingPlatform(deps.indexes.platform.id(addressHash(address))),
    spansOf(row.addressId),
  ])
  const [given] = await deps.db.read('fresh', toldOfConsent(spans, row.workspace))
  const { receipt } = await standingOf(deps, {
    workspace: { number: row.workspace, sender: row.sender, company: row.company, linkHost: row.linkHost },
    addressId: row.addressId,
    topics,
    notices,
    subscriptions,
    suppressions,
    platform: platform.map(platformSuppression),
    told: [given.filter(({ subject }) => subject === requestId(row.ref)), []],
    part: 'this confirmation only',
  })
  return receipt
}
