import * as z from 'zod/mini'
import type { ApiKeyClaims } from '../../core/api-key.ts'
import { HOUR_MS } from '../../core/clock.ts'
import { rotateSecret } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import {
  type EndpointView,
  endpointView,
  KEEP_OLD_HOURS,
  newSecret,
  sealSecret,
  senderEvent,
} from './endpoint.ts'
import { loadEndpoint } from './load.ts'

const WEEK_HOURS = 7 * 24

/** Input of `POST /v1/webhook-endpoints/{endpoint}/rotate-secret`. A leaked secret is not kept: 0 hours. */
export const RotateInput = z.strictObject({
  endpoint: z.string(),
  keepOldHours: z._default(z.int().check(z.minimum(0), z.maximum(WEEK_HOURS)), KEEP_OLD_HOURS),
})

/**
 * Gives an endpoint a new signing secret and shows it, this once. For some hours both sign, so that a receiver can be changed
 * without losing a delivery. Throws `key.invalid`, `key.forbidden`, `webhook_endpoint.not_found`, `database.unavailable`.
 */
export async function rotateWebhookSecret(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name, keepOldHours }: z.infer<typeof RotateInput>,
): Promise<EndpointView & { secret: string }> {
  const { principal, endpoint } = await loadEndpoint(deps, claim, name, 'webhooks:write')
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
