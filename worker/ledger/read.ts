import * as z from 'zod/mini'
import { apiKeyById } from '../../db/api-key.ts'
import { eventsAfter } from '../../db/event-list.ts'
import { admit, type KeyClaim } from '../access/api-key.ts'
import { noteUse } from '../access/note-use.ts'
import { openCursor, sealCursor } from '../core/cursor.ts'
import { invalidField } from '../core/fault.ts'
import type { Deps } from '../deps.ts'
import { pageLimit } from './page-limit.ts'
import { type EventView, eventView } from './view.ts'

/** Input of `GET /v1/events`, from its query. */
export const EventsInput = z.strictObject({ after: z.optional(z.string()), limit: pageLimit })

/**
 * Reads the ledger of the key's workspace in order, from where `after` left off. `more` says whether to ask on at once;
 * `next` is always there, and with nothing new it is where to ask again later. Numbers are given in the order of commits, by one writer, so nothing appears behind a cursor later.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for a cursor that is not this tenant's, `database.unavailable`.
 */
export async function readEvents(
  deps: Deps,
  claim: KeyClaim,
  { after, limit }: z.infer<typeof EventsInput>,
): Promise<{ events: EventView[]; next: string; more: boolean }> {
  const seq = after === undefined ? 0 : await openCursor(deps.cipher, claim.tenant, after)
  if (seq === undefined) throw invalidField('after', 'is not a cursor of this ledger')
  const [[key], rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    eventsAfter(claim.tenant, seq, limit),
  ])
  noteUse(deps, admit(claim, key, 'events:read').keyId, key!.lastUsedAt)
  return {
    events: rows.filter(({ workspace }) => workspace === claim.workspace).map(eventView),
    more: rows.length === limit,
    next: await sealCursor(deps.cipher, claim.tenant, rows.at(-1)?.seq ?? seq),
  }
}
