import { addressHash } from '../../core/address.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { toHex } from '../../core/bytes.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { type LedgerSlice, type ListedRow, listed, reachOf } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import type { InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import type { SuppressionView } from './api.ts'
import * as api from './import-api.ts'
import { matching, narrowed, publicId } from './list.ts'
import { type Sight, sightOf } from './view.ts'

const EVENTS_PER_PAGE = 5000

/** An exported suppression; address and hash are absent where no address is stored, since the id cannot be reversed. */
type ExportRow = Exclude<api.ExportLine, { type: 'failed' }>

/**
 * Exports the suppressions visible to the key, oldest first, page by page and in constant memory. Where it fails half-way, its
 * last line says so. Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `database.unavailable`.
 */
export async function exportSuppressions(
  deps: Deps,
  claim: ApiKeyClaims,
  { format: _, ...filter }: InputOf<typeof api.exportSuppressions>,
): Promise<AsyncGenerator<api.ExportLine[]>> {
  const [[key], topics] = await deps.db.read('fresh', [apiKeyById(claim.keyId), topicsOf(claim.workspace)])
  touchLastUsed(deps, authorize(claim, key, api.exportSuppressions.permission).keyId, key!.lastUsedAt)
  const rest = pages(deps, claim.tenant, narrowed(sightOf(claim.workspace, topics), filter), filter)
  // A database that is away now is a refusal; once the answer has begun, its status can say so no more.
  const first = await rest.next()
  return untilFailure(deps, first.done ? [] : first.value, rest)
}

/** An answer whose stream breaks may look whole: behind a proxy or another Worker it ends like any other. So its last line says it. */
async function* untilFailure(
  deps: Deps,
  first: ExportRow[],
  rest: AsyncGenerator<ExportRow[]>,
): AsyncGenerator<api.ExportLine[]> {
  try {
    yield first
    yield* rest
  } catch (error) {
    if (!(error instanceof Fault)) deps.log('export', error)
    yield [{ type: 'failed', code: error instanceof Fault ? error.detail.code : 'internal' }]
  }
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
