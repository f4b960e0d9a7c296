import * as z from 'zod/mini'
import { apiKeyById, apiKeysBefore } from '../../db/api-key.ts'
import { openCursor, sealCursor } from '../core/cursor.ts'
import { invalidField } from '../core/fault.ts'
import type { Deps } from '../deps.ts'
import { pageLimit } from '../ledger/page-limit.ts'
import { admit, type KeyClaim } from './api-key.ts'
import { type KeyView, keyView } from './key-view.ts'
import { noteUse } from './note-use.ts'

/** Input of `GET /v1/api-keys`, from its query. */
export const ListKeysInput = z.strictObject({ cursor: z.optional(z.string()), limit: pageLimit })

/**
 * Lists the keys of the caller's workspace, the newest first, also those that ended. Go on while there is a `next`: however many are
 * made, none is out of reach. Throws `key.invalid`, `key.forbidden`, `request.invalid` for a cursor that is not this tenant's,
 * `database.unavailable`.
 */
export async function listApiKeys(
  deps: Deps,
  claim: KeyClaim,
  { cursor, limit }: z.infer<typeof ListKeysInput>,
): Promise<{ keys: KeyView[]; next?: string }> {
  const before =
    cursor === undefined ? Number.MAX_SAFE_INTEGER : await openCursor(deps.ring, claim.tenant, cursor)
  if (before === undefined) throw invalidField('cursor', 'is not a cursor of this list')
  const [[key], rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    apiKeysBefore(claim.workspace, before, limit),
  ])
  noteUse(deps, admit(claim, key, 'api_keys:read').keyId, key!.lastUsedAt)
  const keys = rows.map(keyView)
  if (rows.length < limit) return { keys }
  return { keys, next: await sealCursor(deps.ring, claim.tenant, rows.at(-1)!.seq) }
}
