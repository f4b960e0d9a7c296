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

const LOOK_EVERY_MS = 1000
/** Events scanned for one page, which bounds its cost when few match. */
const REACH = 2000

/**
 * Reads the ledger of the key's workspace in order, from the cursor `after`. Without new events it looks again every second
 * until `wait` is over. `more` says whether to go on at once; `next` is always set. Sequence numbers follow the order of
 * commits by one writer, so no event ever appears behind a cursor.
 *
 * Throws `key.invalid`, `key.forbidden` (for evidence too), `request.invalid` for another tenant's cursor,
 * `database.unavailable`.
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
    // The key is checked each time, so that a revoked one gets no more events.
    touchLastUsed(deps, authorize(claim, key, api.readEvents.permission).keyId, key!.lastUsedAt)
    if (evidence) authorize(claim, key, 'evidence:read')
    return page
  }
  let page = await look(seq)
  // The runtime cancels this when the client disconnects.
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
  // Evidence without its key is unreadable to everybody, for ever.
  if (!wrapped) return null
  return (await RecipientCipher.open(deps.cipher, tenant, addressId!, wrapped)).unseal(id, sealed!)
}
