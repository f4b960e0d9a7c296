import * as z from 'zod/mini'
import { apiKeyById, apiKeysOf } from '../../db/api-key.ts'
import type { Deps } from '../deps.ts'
import { admit, type KeyClaim } from './api-key.ts'
import { type KeyView, keyView } from './key-view.ts'
import { noteUse } from './note-use.ts'

/** Input of `GET /v1/api-keys`. */
export const ListKeysInput = z.strictObject({})

/** Lists the keys of the caller's workspace, the newest first, also those that ended. Throws `key.invalid`, `key.forbidden`, `database.unavailable`. */
export async function listApiKeys(deps: Deps, claim: KeyClaim): Promise<{ keys: KeyView[] }> {
  const [[key], keys] = await deps.db.read('fresh', [apiKeyById(claim.keyId), apiKeysOf(claim.workspace)])
  noteUse(deps, admit(claim, key, 'api_keys:read').keyId, key!.lastUsedAt)
  return { keys: keys.map(keyView) }
}
