import { deleteEndpoint } from '../../db/webhook-endpoint.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './api.ts'
import { senderEvent } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/**
 * Deletes an endpoint with its secrets and waiting deliveries. Throws `key.invalid`, `key.forbidden`,
 * `webhook_endpoint.not_found`, `database.unavailable`.
 */
export const removeWebhook = verb(
  api.deleteWebhookEndpoint,
  async (ctx: CallContext, { endpoint: name }): Promise<AnswerOf<typeof api.deleteWebhookEndpointDoc>> => {
    const endpoint = await loadEndpoint(ctx, name)
    const entry = senderEvent(ctx, endpoint, 'webhook_endpoint.deleted', { at: ctx.clock(), data: {} })
    await ctx.commit(deleteEndpoint(endpoint.id, entry))
    return { id: name, outcome: 'deleted' }
  },
)
