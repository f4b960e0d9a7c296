import { type ApiKeyClaims, authorize, keyIdOf, keyName } from '../../core/api-key.ts'
import { invalidField } from '../../core/fault.ts'
import { apiKeyById, apiKeysAfter, ownApiKey } from '../../db/api-key.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import { keyView } from './key-view.ts'

const NO_KEY = new Uint8Array()

/**
 * Lists the keys of the caller's workspace, ended ones included, newest first. More pages follow while there is a `next`.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for a cursor that is not of this list, `database.unavailable`.
 */
export async function listApiKeys(
  deps: Deps,
  claim: ApiKeyClaims,
  { cursor, limit }: InputOf<typeof api.listKeys>,
): Promise<AnswerOf<typeof api.listKeysDoc>> {
  // Keys are never deleted, so the last key of a page stays a valid cursor.
  const after = cursor === undefined ? null : (keyIdOf(cursor) ?? NO_KEY)
  const [[key], [last], rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    ownApiKey(claim.workspace, after ?? NO_KEY),
    apiKeysAfter(claim.workspace, after, limit),
  ])
  touchLastUsed(deps, authorize(claim, key, api.listKeys.permission).keyId, key!.lastUsedAt)
  if (after !== null && !last) throw invalidField('cursor', 'is not a cursor of this list')
  const keys = rows.map(keyView)
  if (rows.length < limit) return { keys }
  return { keys, next: keyName(rows.at(-1)!.id) }
}
