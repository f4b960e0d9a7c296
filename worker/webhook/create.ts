import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { ENDPOINTS_MAX } from '../../core/limits.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { createEndpoint, endpointsOf } from '../../db/webhook-endpoint.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { whyNoEndpoint } from './allowed.ts'
import * as api from './api.ts'
import type { WebhookDeps } from './deps.ts'
import { endpointView, newEndpointId, newSecret, sealSecret, senderEvent } from './endpoint.ts'

/**
 * Creates an endpoint for events from now on, and returns its signing secret, which no later answer repeats. Throws
 * `key.invalid`, `key.forbidden`, `request.invalid`, `webhook_endpoint.limit`, `database.unavailable`.
 */
export async function createWebhook(
  deps: WebhookDeps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.createWebhookEndpoint>,
): Promise<AnswerOf<typeof api.createWebhookEndpointDoc>> {
  const [[[key], others], fault] = await Promise.all([
    deps.db.read('fresh', [apiKeyById(claim.keyId), endpointsOf(claim.workspace)]),
    whyNoEndpoint(deps, input.url),
  ])
  const principal = authorize(claim, key, api.createWebhookEndpoint.permission)
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  const at = deps.clock()
  if (fault) throw invalidField('url', fault)
  const limit = new Fault({ code: 'webhook_endpoint.limit', limit: ENDPOINTS_MAX })
  if (others.length >= ENDPOINTS_MAX) throw limit
  const id = newEndpointId()
  const secret = newSecret()
  const { tenant, workspace } = principal
  const row = { ...input, id, tenant, workspace, secret: await sealSecret(deps.cipher, tenant, id, secret) }
  const entry = senderEvent(principal, row, {
    id: deps.ids(at),
    at,
    type: 'webhook_endpoint.created',
    data: { types: input.types.join(' ') },
  })
  const [created] = await deps.db.commit(createEndpoint(row, entry), 'results')
  // Concurrent calls took the last places.
  if (created!.affected === 0) throw limit
  return { ...endpointView({ ...NEW, ...row, createdAt: at, dueAt: at }, at), secret }
}

const NEW = { oldSecret: null, oldSecretUntil: null, state: 1, cursor: 0, failures: 0, failingSince: null }
