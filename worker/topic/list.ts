import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { topicsAfter } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'

/**
 * Lists the topics of the key's workspace, oldest first. More pages follow while there is a `next`.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for another tenant's cursor, `database.unavailable`.
 */
export async function listTopics(
  deps: Deps,
  claim: ApiKeyClaims,
  { cursor, limit }: InputOf<typeof api.listTopics>,
): Promise<AnswerOf<typeof api.listTopicsDoc>> {
  const after = cursor === undefined ? 0 : await openCursor(deps.ring, claim.tenant, cursor)
  if (after === undefined) throw invalidField('cursor', 'is not a cursor of this list')
  const [[key], rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    topicsAfter(claim.workspace, after, limit + 1),
  ])
  touchLastUsed(deps, authorize(claim, key, api.listTopics.permission).keyId, key!.lastUsedAt)
  const shown = rows.slice(0, limit)
  return {
    topics: shown.map(({ frequency, ...topic }) => ({ ...topic, ...(frequency !== null && { frequency }) })),
    ...(rows.length > limit && { next: await sealCursor(deps.ring, claim.tenant, shown.at(-1)!.number) }),
  }
}
