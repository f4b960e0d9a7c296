import type { ApiKeyClaims } from '../../core/api-key.ts'
import { ENDPOINT_STATES } from '../../core/codes/webhook.ts'
import { invalidField } from '../../core/fault.ts'
import { updateEndpoint, type WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { whyNoEndpoint } from './allowed.ts'
import * as api from './api.ts'
import type { WebhookDeps } from './deps.ts'
import { endpointView, senderEvent } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/**
 * Changes the types, URL, description or state of an endpoint. One that is enabled again continues from its cursor, so that
 * no event is left out.
 *
 * Throws `key.invalid`, `key.forbidden`, `request.invalid`, `webhook_endpoint.not_found`, `database.unavailable`.
 */
export async function updateWebhook(
  deps: WebhookDeps,
  claim: ApiKeyClaims,
  { endpoint: name, state, ...given }: InputOf<typeof api.updateWebhookEndpoint>,
): Promise<AnswerOf<typeof api.updateWebhookEndpointDoc>> {
  const [{ principal, endpoint }, fault] = await Promise.all([
    loadEndpoint(deps, claim, name, api.updateWebhookEndpoint.permission),
    given.url === undefined ? undefined : whyNoEndpoint(deps, given.url),
  ])
  if (fault) throw invalidField('url', fault)
  const anew = state === 'enabled' && endpoint.state !== ENDPOINT_STATES.enabled
  const next: WebhookEndpoint = {
    ...endpoint,
    url: given.url ?? endpoint.url,
    description: given.description ?? endpoint.description,
    types: given.types ?? endpoint.types,
    ...(state && { state: ENDPOINT_STATES[state] }),
    ...(anew && { failures: 0, failingSince: null }),
  }
  const at = deps.clock()
  const changed = (['url', 'description', 'types', 'state'] as const).filter(
    field => JSON.stringify(next[field]) !== JSON.stringify(endpoint[field]),
  )
  if (changed.length > 0) {
    const entry = senderEvent(principal, next, {
      id: deps.ids(at),
      at,
      type: 'webhook_endpoint.updated',
      data: { changed: changed.join(' '), types: next.types.join(' '), ...(state && { state }) },
    })
    await deps.db.commit(updateEndpoint(next, anew, entry))
  }
  return endpointView(next, at)
}
