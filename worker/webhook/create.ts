import { Fault, invalidField } from '../../core/fault.ts'
import { ENDPOINTS_MAX } from '../../core/limits.ts'
import { createEndpoint, endpointsOf } from '../../db/webhook-endpoint.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import { whyNoEndpoint } from './allowed.ts'
import * as api from './api.ts'
import type { WebhookDeps } from './deps.ts'
import { endpointView, newEndpointId, newSecret, sealSecret, senderEvent } from './endpoint.ts'

/**
 * Creates an endpoint for events from now on, and returns its signing secret, which no later answer repeats. Throws
 * `key.invalid`, `key.forbidden`, `request.invalid`, `webhook_endpoint.limit`, `database.unavailable`.
 */
export const createWebhook = verb(
  api.createWebhookEndpoint,
  async (ctx: CallContext<WebhookDeps>, input): Promise<AnswerOf<typeof api.createWebhookEndpointDoc>> => {
    const { tenant, workspace } = ctx
    const [[others], fault] = await Promise.all([
      ctx.read([endpointsOf(workspace)]),
      whyNoEndpoint(ctx, input.url),
    ])
    const at = ctx.clock()
    if (fault) throw invalidField('url', fault)
    const limit = new Fault({ code: 'webhook_endpoint.limit', limit: ENDPOINTS_MAX })
    if (others.length >= ENDPOINTS_MAX) throw limit
    const id = newEndpointId()
    const secret = newSecret()
    const row = { ...input, id, tenant, workspace, secret: await sealSecret(ctx.cipher, tenant, id, secret) }
    const entry = senderEvent(ctx, row, 'webhook_endpoint.created', {
      at,
      data: { types: input.types.join(' ') },
    })
    const [created] = await ctx.commit(createEndpoint(row, entry), 'results')
    // Concurrent calls took the last places.
    if (created!.affected === 0) throw limit
    return { ...endpointView({ ...NEW, ...row, createdAt: at, dueAt: at }, at), secret }
  },
)

const NEW = {
  oldSecret: null,
  oldSecretUntil: null,
  state: 1,
  cursor: 0,
  failures: 0,
  failingSince: null,
  idleCursor: null,
}
