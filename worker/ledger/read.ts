import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { RecipientCipher } from '../../core/cipher.ts'
import { pause } from '../../core/clock.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { type EvidentRow, ledgerAfter } from '../../db/event-list.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import { eventView } from './view.ts'

/** How often it looks, meanwhile. */
const LOOK_EVERY_MS = 1000
/** Events looked at for one page: what bounds its cost, however few of them match. */
const REACH = 2000

/**
 * Reads the ledger of the key's workspace in order, from where `after` left off. With nothing new it looks again every second
 * until `wait` is over. `more` says whether to ask on at once; `next` is always there, and with nothing new it is where to ask
 * again later. Numbers are given in the order of commits, by one writer, so nothing appears behind a cursor later.
 *
 * Throws `key.invalid`, `key.forbidden` (for evidence too), `request.invalid` for a cursor that is not this tenant's, `database.unavailable`.
 */
export async function readEvents(
  deps: Deps,
  claim: ApiKeyClaims,
  { after, limit, types, wait, evidence }: InputOf<typeof api.readEvents>,
): Promise<AnswerOf<typeof api.readEventsDoc>> {
  const seq = after === undefined ? 0 : await openCursor(deps.ring, claim.tenant, after)
  if (seq === undefined) throw invalidField('after', 'is not a cursor of this ledger')
  const { tenant, workspace } = claim
  const look = async (from: number) => {
    const [[key], page] = await deps.db.read('fresh', [
      apiKeyById(claim.keyId),
      ledgerAfter({ tenant, workspace, after: from, types, limit, reach: REACH, evidence }),
    ])
    // Each time: a key that is revoked meanwhile hears no more.
    touchLastUsed(deps, authorize(claim, key, api.readEvents.permission).keyId, key!.lastUsedAt)
    if (evidence) authorize(claim, key, 'evidence:read')
    return page
  }
  let page = await look(seq)
  // The runtime ends this with the connection when its reader leaves.
  for (let looked = 0; looked < wait && page.events.length === 0 && !page.more; looked++) {
    await pause(LOOK_EVERY_MS)
    page = await look(page.last)
  }
  return {
    events: await Promise.all(
      page.events.map(async row => ({
        ...eventView(row),
        ...(row.sealed && { evidence: await opened(deps, tenant, row) }),
      })),
    ),
    more: page.more,
    next: await sealCursor(deps.ring, tenant, page.last),
  }
}

async function opened(deps: Deps, tenant: number, { id, addressId, sealed, wrapped }: EvidentRow) {
  // Without a key the evidence is unreadable for ever, by everybody.
  if (!wrapped) return null
  return (await RecipientCipher.open(deps.cipher, tenant, addressId!, wrapped)).unseal(id, sealed!)
}
