import type { ApiKeyClaims } from '../../core/api-key.ts'
import { deleteEndpoint } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import * as api from './api.ts'
import { senderEvent } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/**
 * Deletes an endpoint with its secrets and waiting deliveries. Throws `key.invalid`, `key.forbidden`,
 * `webhook_endpoint.not_found`, `database.unavailable`.
 */
export async function removeWebhook(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name }: InputOf<typeof api.deleteWebhookEndpoint>,
): Promise<AnswerOf<typeof api.deleteWebhookEndpointDoc>> {
  const { principal, endpoint } = await loadEndpoint(deps, claim, name, api.deleteWebhookEndpoint.permission)
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
