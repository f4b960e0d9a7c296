import { EVENT_TYPES, type EventType } from '../../core/event.ts'
import type { WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import { typesOf } from '../ledger/event-filter.ts'

/**
 * Returns the types of event an endpoint gets: those it names, or all. Events about webhooks are sent only where they are
 * named, and `webhook_delivery.given_up` never, since the event of a failed delivery would fail as well. `GET /v1/events`
 * lists them all.
 */
export function heardBy({ types }: Pick<WebhookEndpoint, 'types'>): EventType[] {
  const named = types.length > 0 ? typesOf(types) : EVENT_TYPES.filter(type => !type.startsWith('webhook_'))
  return named.filter(type => type !== 'webhook_delivery.given_up')
}
