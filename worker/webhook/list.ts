import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { timestamp } from '../../core/clock.ts'
import { DELIVERY_STATES } from '../../core/codes/webhook.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { uuidText } from '../../core/id.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { deliveriesAfter } from '../../db/webhook-delivery.ts'
import { endpointsOf } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import * as deliveryApi from './delivery-api.ts'
import { endpointView } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/** Lists the workspace's endpoints, oldest first. Throws `key.invalid`, `key.forbidden`, `database.unavailable`. */
export async function listWebhooks(
  deps: Deps,
  claim: ApiKeyClaims,
): Promise<AnswerOf<typeof api.listWebhookEndpointsDoc>> {
  const [[key], endpoints] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    endpointsOf(claim.workspace),
  ])
  touchLastUsed(deps, authorize(claim, key, api.listWebhookEndpoints.permission).keyId, key!.lastUsedAt)
  return { endpoints: endpoints.map(endpoint => endpointView(endpoint, deps.clock())) }
}

/** Returns one endpoint. Throws as `listWebhooks` does, and `webhook_endpoint.not_found`. */
export async function getWebhook(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name }: InputOf<typeof api.getWebhookEndpoint>,
): Promise<AnswerOf<typeof api.getWebhookEndpointDoc>> {
  const { endpoint } = await loadEndpoint(deps, claim, name, api.getWebhookEndpoint.permission)
  return endpointView(endpoint, deps.clock())
}

/**
 * Lists deliveries that were given up or wait, oldest event first. Throws `key.invalid`, `key.forbidden`, `request.invalid`,
 * `webhook_endpoint.not_found`, `database.unavailable`.
 */
export async function listDeliveries(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name, state, cursor, limit }: InputOf<typeof deliveryApi.listWebhookDeliveries>,
): Promise<AnswerOf<typeof deliveryApi.listWebhookDeliveriesDoc>> {
  const { endpoint } = await loadEndpoint(deps, claim, name, deliveryApi.listWebhookDeliveries.permission)
  const seq = cursor === undefined ? 0 : await openCursor(deps.ring, claim.tenant, cursor)
  if (seq === undefined) throw invalidField('cursor', 'is not a cursor of this list')
  const wanted = DELIVERY_STATES[state]
  const [rows] = await deps.db.read('fresh', [deliveriesAfter(endpoint.id, wanted, seq, limit)])
  const last = rows.length === limit ? rows.at(-1)!.seq : undefined
  return {
    deliveries: rows.map(row => ({
      eventId: uuidText(row.eventId),
      type: row.type,
      at: timestamp(row.at),
      state,
      attempts: row.attempts,
      ...(row.firstAt !== null && { firstAttemptAt: timestamp(row.firstAt) }),
      ...(state === 'waiting' && { nextAttemptAt: timestamp(row.dueAt) }),
      ...(row.code !== null && { code: row.code }),
    })),
    ...(last !== undefined && { next: await sealCursor(deps.ring, claim.tenant, last) }),
  }
}
