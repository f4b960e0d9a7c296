import { timestamp } from '../../core/clock.ts'
import { DELIVERY_STATES } from '../../core/codes/webhook.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { uuidText } from '../../core/id.ts'
import { deliveriesAfter } from '../../db/webhook-delivery.ts'
import { endpointsOf } from '../../db/webhook-endpoint.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import * as deliveryApi from './delivery-api.ts'
import { endpointView } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/** Lists the workspace's endpoints, oldest first. Throws `key.invalid`, `key.forbidden`, `database.unavailable`. */
export const listWebhooks = verb(
  api.listWebhookEndpoints,
  async (ctx: CallContext): Promise<AnswerOf<typeof api.listWebhookEndpointsDoc>> => {
    const [endpoints] = await ctx.read([endpointsOf(ctx.workspace)])
    return { endpoints: endpoints.map(endpoint => endpointView(endpoint, ctx.clock())) }
  },
)

/** Returns one endpoint. Throws as `listWebhooks` does, and `webhook_endpoint.not_found`. */
export const getWebhook = verb(
  api.getWebhookEndpoint,
  async (ctx: CallContext, { endpoint: name }): Promise<AnswerOf<typeof api.getWebhookEndpointDoc>> =>
    endpointView(await loadEndpoint(ctx, name), ctx.clock()),
)

/**
 * Lists deliveries that were given up or wait, oldest event first. Throws `key.invalid`, `key.forbidden`, `request.invalid`,
 * `webhook_endpoint.not_found`, `database.unavailable`.
 */
export const listDeliveries = verb(
  deliveryApi.listWebhookDeliveries,
  async (
    ctx: CallContext<Needs<'ring'>>,
    { endpoint: name, state, cursor, limit },
  ): Promise<AnswerOf<typeof deliveryApi.listWebhookDeliveriesDoc>> => {
    const endpoint = await loadEndpoint(ctx, name)
    const seq = cursor === undefined ? 0 : await openCursor(ctx.ring, ctx.tenant, cursor)
    if (seq === undefined) throw invalidField('cursor', 'is not a cursor of this list')
    const wanted = DELIVERY_STATES[state]
    const [rows] = await ctx.read([deliveriesAfter(endpoint.id, wanted, seq, limit)])
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
      ...(last !== undefined && { next: await sealCursor(ctx.ring, ctx.tenant, last) }),
    }
  },
)
