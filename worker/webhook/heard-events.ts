import { EVENT_TYPES, type EventType } from '../../core/event.ts'
import type { WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import { typesOf } from '../ledger/event-filter.ts'

/**
 * Returns the kinds of event an endpoint hears of: those it names, or all. What is about webhooks only when it is named, and
 * that a delivery was given up never: the news of a failed delivery would itself fail, and so on. `GET /v1/events` has it.
 */
export function heardBy({ types }: Pick<WebhookEndpoint, 'types'>): EventType[] {
  const named = types.length > 0 ? typesOf(types) : EVENT_TYPES.filter(type => !type.startsWith('webhook_'))
  return named.filter(type => type !== 'webhook_delivery.given_up')
}
