import { timestamp } from '../../core/clock.ts'
import { uuidText } from '../../core/id.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './delivery-api.ts'
import type { WebhookDeps } from './deps.ts'
import { endpointName, openSecrets } from './endpoint.ts'
import { loadEndpoint } from './load.ts'
import { signedHeaders } from './message.ts'
import { post, whyNotNow } from './post.ts'

/**
 * Sends an endpoint, enabled or not, a signed event of type `webhook_endpoint.test`, and returns the outcome. Nothing is
 * recorded or changed. Throws `key.invalid`, `key.forbidden`, `webhook_endpoint.not_found`, `database.unavailable`.
 */
export const probeWebhook = verb(
  api.testWebhook,
  async (ctx: CallContext<WebhookDeps>, { endpoint: name }): Promise<AnswerOf<typeof api.testWebhookDoc>> => {
    const endpoint = await loadEndpoint(ctx, name)
    const at = ctx.clock()
    const eventId = uuidText(ctx.ids(at))
    const body = JSON.stringify({
      specversion: '1.0',
      id: eventId,
      source: `${ctx.baseUrl}/v1/webhook-endpoints`,
      type: 'webhook_endpoint.test',
      subject: endpointName(endpoint.id),
      time: timestamp(at),
      datacontenttype: 'application/json',
      data: {},
    })
    const hindrance = await whyNotNow(ctx.resolve, endpoint.url, ctx.targets)
    if (hindrance) return { eventId, outcome: 'failed', code: hindrance }
    const headers = await signedHeaders(eventId, body, await openSecrets(ctx.cipher, endpoint, at), at)
    const attempt = await post(endpoint.url, headers, body)
    return {
      eventId,
      outcome: attempt.outcome,
      ...(attempt.outcome !== 'delivered' && { code: attempt.code }),
    }
  },
)
