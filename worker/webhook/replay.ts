import type { ApiKeyClaims } from '../../core/api-key.ts'
import { openCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { revive } from '../../db/webhook-delivery.ts'
import { replayFrom } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import * as api from './api.ts'
import { endpointView, senderEvent } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/**
 * Delivers again: everything since a cursor of the ledger, in order, or all that was given up. No event is copied: the
 * endpoint's cursor is set back, so that the length does not matter.
 *
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for another tenant's cursor, `webhook_endpoint.not_found`,
 * `database.unavailable`.
 */
export async function replayWebhook(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name, after }: InputOf<typeof api.replayWebhook>,
): Promise<AnswerOf<typeof api.replayWebhookDoc>> {
  const { principal, endpoint } = await loadEndpoint(deps, claim, name, api.replayWebhook.permission)
  const seq = after ? await openCursor(deps.ring, claim.tenant, after) : 0
  if (seq === undefined) throw invalidField('after', 'is not a cursor of this ledger')
  const at = deps.clock()
  const entry = senderEvent(principal, endpoint, {
    id: deps.ids(at),
    at,
    type: 'webhook_endpoint.replayed',
    data: { what: after === undefined ? 'given_up' : 'ledger' },
  })
  const { id } = endpoint
  await deps.db.commit(after === undefined ? revive(id, entry) : replayFrom(id, seq, entry))
  return endpointView(endpoint, at)
}
