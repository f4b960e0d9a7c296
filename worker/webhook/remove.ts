import type * as z from 'zod/mini'
import type { ApiKeyClaims } from '../../core/api-key.ts'
import { deleteEndpoint } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import { senderEvent } from './endpoint.ts'
import type { NamedInput } from './fields.ts'
import { loadEndpoint } from './load.ts'

/**
 * Deletes an endpoint, its secrets and whatever waits for it. Throws `key.invalid`, `key.forbidden`,
 * `webhook_endpoint.not_found`, `database.unavailable`.
 */
export async function removeWebhook(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name }: z.infer<typeof NamedInput>,
): Promise<{ id: string; outcome: 'deleted' }> {
  const { principal, endpoint } = await loadEndpoint(deps, claim, name, 'webhooks:write')
  const at = deps.clock()
  const entry = senderEvent(principal, endpoint, {
    id: deps.ids(at),
    at,
    type: 'webhook_endpoint.deleted',
    data: {},
  })
  await deps.db.commit(deleteEndpoint(endpoint.id, entry))
  return { id: name, outcome: 'deleted' }
}
