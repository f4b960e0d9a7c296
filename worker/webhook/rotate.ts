import { HOUR_MS } from '../../core/clock.ts'
import { rotateSecret } from '../../db/webhook-endpoint.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import { endpointView, newSecret, sealSecret, senderEvent } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/**
 * Gives an endpoint a new signing secret and returns it, which no later answer repeats. For some hours both sign, so that the
 * receiver can change without losing a delivery. Throws `key.invalid`, `key.forbidden`, `webhook_endpoint.not_found`,
 * `database.unavailable`.
 */
export const rotateWebhookSecret = verb(
  api.rotateWebhookSecret,
  async (
    ctx: CallContext<Needs<'cipher'>>,
    { endpoint: name, keepOldHours },
  ): Promise<AnswerOf<typeof api.rotateWebhookSecretDoc>> => {
    const endpoint = await loadEndpoint(ctx, name)
    const secret = newSecret()
    const sealed = await sealSecret(ctx.cipher, endpoint.tenant, endpoint.id, secret)
    const at = ctx.clock()
    const oldSecretUntil = at + keepOldHours * HOUR_MS
    const entry = senderEvent(ctx, endpoint, 'webhook_endpoint.secret_rotated', {
      at,
      data: { keepOldHours },
    })
    await ctx.commit(rotateSecret(endpoint.id, sealed, oldSecretUntil, entry))
    return { ...endpointView({ ...endpoint, oldSecretUntil }, at), secret }
  },
)
