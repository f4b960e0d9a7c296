import type { ApiKeyClaims } from '../../core/api-key.ts'
import { HOUR_MS } from '../../core/clock.ts'
import { rotateSecret } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import * as api from './api.ts'
import { endpointView, newSecret, sealSecret, senderEvent } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/**
 * Gives an endpoint a new signing secret and returns it, which no later answer repeats. For some hours both sign, so that the
 * receiver can change without losing a delivery. Throws `key.invalid`, `key.forbidden`, `webhook_endpoint.not_found`,
 * `database.unavailable`.
 */
export async function rotateWebhookSecret(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name, keepOldHours }: InputOf<typeof api.rotateWebhookSecret>,
): Promise<AnswerOf<typeof api.rotateWebhookSecretDoc>> {
  const { principal, endpoint } = await loadEndpoint(deps, claim, name, api.rotateWebhookSecret.permission)
  const secret = newSecret()
  const sealed = await sealSecret(deps.cipher, endpoint.tenant, endpoint.id, secret)
  const at = deps.clock()
  const oldSecretUntil = at + keepOldHours * HOUR_MS
  const entry = senderEvent(principal, endpoint, {
    id: deps.ids(at),
    at,
    type: 'webhook_endpoint.secret_rotated',
    data: { keepOldHours },
  })
  await deps.db.commit(rotateSecret(endpoint.id, sealed, oldSecretUntil, entry))
  return { ...endpointView({ ...endpoint, oldSecretUntil }, at), secret }
}
