import * as z from 'zod/mini'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { timestamp } from '../../core/clock.ts'
import { DELIVERY_STATES, type DeliveryState } from '../../core/codes/webhook.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { uuidText } from '../../core/id.ts'
import { pageLimit } from '../../core/page.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { deliveriesAfter } from '../../db/webhook-delivery.ts'
import { endpointsOf } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { type EndpointView, endpointView } from './endpoint.ts'
import type { NamedInput } from './fields.ts'
import { loadEndpoint } from './load.ts'

/** Input of `GET /v1/webhook-endpoints`. */
export const ListInput = z.strictObject({})

/** Input of `GET /v1/webhook-endpoints/{endpoint}/deliveries`, from its path and query. */
export const DeliveriesInput = z.strictObject({
  endpoint: z.string(),
  state: z._default(z.enum(Object.keys(DELIVERY_STATES) as [DeliveryState]), 'dead'),
  cursor: z.optional(z.string()),
  limit: pageLimit,
})

/** An event that did not arrive when its turn came. */
export interface DeliveryView {
  eventId: string
  type: string
  at: string
  state: DeliveryState
  attempts: number
  /** When it was first tried; not there while its turn has not come. */
  firstAttemptAt?: string
  nextAttemptAt?: string
  /** What the last attempt met, such as `http.500` or `timeout`. */
  code?: string
}

/** Lists the workspace's endpoints, oldest first. Throws `key.invalid`, `key.forbidden`, `database.unavailable`. */
export async function listWebhooks(deps: Deps, claim: ApiKeyClaims): Promise<{ endpoints: EndpointView[] }> {
  const [[key], endpoints] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    endpointsOf(claim.workspace),
  ])
  touchLastUsed(deps, authorize(claim, key, 'webhooks:read').keyId, key!.lastUsedAt)
  return { endpoints: endpoints.map(endpoint => endpointView(endpoint, deps.clock())) }
}

/** Returns one endpoint. Throws `webhook_endpoint.not_found` as well. */
export async function getWebhook(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name }: z.infer<typeof NamedInput>,
): Promise<EndpointView> {
  const { endpoint } = await loadEndpoint(deps, claim, name, 'webhooks:read')
  return endpointView(endpoint, deps.clock())
}

/**
 * Lists what was given up, or what waits, oldest event first. Throws `key.invalid`, `key.forbidden`, `request.invalid`,
 * `webhook_endpoint.not_found`, `database.unavailable`.
 */
export async function listDeliveries(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name, state, cursor, limit }: z.infer<typeof DeliveriesInput>,
): Promise<{ deliveries: DeliveryView[]; next?: string }> {
  const { endpoint } = await loadEndpoint(deps, claim, name, 'webhooks:read')
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
