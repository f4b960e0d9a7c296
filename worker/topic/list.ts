import * as z from 'zod/mini'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { pageLimit } from '../../core/page.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { type OwnTopic, topicsAfter } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'

/** Input of `GET /v1/topics`, from its query. */
export const ListTopicsInput = z.strictObject({ cursor: z.optional(z.string()), limit: pageLimit })

/** A topic, as its sender sees it. */
export type TopicView = Omit<OwnTopic, 'frequency'> & { frequency?: string }

/**
 * Lists the topics of the key's workspace in the order they were made. Go on while there is a `next`.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for a cursor that is not this tenant's, `database.unavailable`.
 */
export async function listTopics(
  deps: Deps,
  claim: ApiKeyClaims,
  { cursor, limit }: z.infer<typeof ListTopicsInput>,
): Promise<{ topics: TopicView[]; next?: string }> {
  const after = cursor === undefined ? 0 : await openCursor(deps.ring, claim.tenant, cursor)
  if (after === undefined) throw invalidField('cursor', 'is not a cursor of this list')
  const [[key], rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    topicsAfter(claim.workspace, after, limit + 1),
  ])
  touchLastUsed(deps, authorize(claim, key, 'topics:read').keyId, key!.lastUsedAt)
  const shown = rows.slice(0, limit)
  return {
    topics: shown.map(({ frequency, ...topic }) => ({ ...topic, ...(frequency !== null && { frequency }) })),
    ...(rows.length > limit && { next: await sealCursor(deps.ring, claim.tenant, shown.at(-1)!.number) }),
  }
}
