import { ENDPOINT_STATES } from '../../core/codes/webhook.ts'
import { invalidField } from '../../core/fault.ts'
import { updateEndpoint, type WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
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
export const updateWebhook = verb(
  api.updateWebhookEndpoint,
  async (
    ctx: CallContext<WebhookDeps>,
    { endpoint: name, state, ...given },
  ): Promise<AnswerOf<typeof api.updateWebhookEndpointDoc>> => {
    const [endpoint, fault] = await Promise.all([
      loadEndpoint(ctx, name),
      given.url === undefined ? undefined : whyNoEndpoint(ctx, given.url),
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
    const at = ctx.clock()
    const changed = (['url', 'description', 'types', 'state'] as const).filter(
      field => JSON.stringify(next[field]) !== JSON.stringify(endpoint[field]),
    )
    if (changed.length > 0) {
      const entry = senderEvent(ctx, next, 'webhook_endpoint.updated', {
        at,
        data: { changed: changed.join(' '), types: next.types.join(' '), ...(state && { state }) },
      })
      await ctx.commit(updateEndpoint(next, anew, entry))
    }
    return endpointView(next, at)
  },
)
