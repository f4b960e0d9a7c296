import { addressHash } from '../../core/address.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { toHex } from '../../core/bytes.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { type LedgerSlice, type ListedRow, listed, reachOf } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import type { SuppressionView } from './api.ts'
import * as api from './import-api.ts'
import { matching, narrowed, publicId } from './list.ts'
import { type Sight, sightOf } from './view.ts'

/** An exported suppression; address and hash are absent where no address is stored, since the id cannot be reversed. */
export type ExportRow = AnswerOf<typeof api.exportSuppressionsDoc>

const EVENTS_PER_PAGE = 5000

/**
 * Exports the suppressions visible to the key, oldest first, page by page and in constant memory. Throws `key.invalid`,
 * `key.forbidden`, `topic.not_found`, `database.unavailable`, the last one also half-way.
 */
export async function exportSuppressions(
  deps: Deps,
  claim: ApiKeyClaims,
  { format: _, ...filter }: InputOf<typeof api.exportSuppressions>,
): Promise<AsyncGenerator<ExportRow[]>> {
  const [[key], topics] = await deps.db.read('fresh', [apiKeyById(claim.keyId), topicsOf(claim.workspace)])
  touchLastUsed(deps, authorize(claim, key, api.exportSuppressions.permission).keyId, key!.lastUsedAt)
  return pages(deps, claim.tenant, narrowed(sightOf(claim.workspace, topics), filter), filter)
}

async function* pages(
  deps: Deps,
  tenant: number,
  sight: Sight,
  filter: Parameters<typeof matching>[2],
): AsyncGenerator<ExportRow[]> {
  let ledger: LedgerSlice = { tenant, direction: 'newer', seq: 0, events: EVENTS_PER_PAGE }
  for (;;) {
    const [rows, reach] = await deps.db.read('fresh', [listed(ledger, publicId), reachOf(ledger)])
    const found = matching(rows, sight, filter, deps.clock())
    yield await Promise.all(found.map(row => exported(deps, tenant, row)))
    if (reach.events < EVENTS_PER_PAGE) return
    ledger = { ...ledger, seq: reach.last }
  }
}

async function exported(
  deps: Deps,
  tenant: number,
  { view, addressId, sealed }: ListedRow & { view: SuppressionView },
): Promise<ExportRow> {
  if (sealed === null) return view
  const address = await deps.cipher.decrypt(tenant, addressId, sealed)
  return { address, sha256: toHex(addressHash(address)), ...view }
}
