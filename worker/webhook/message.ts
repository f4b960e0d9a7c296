import { Webhook } from 'standardwebhooks'
import type { EventView } from '../ledger/api.ts'

/** Media type of a delivery (CloudEvents 1.0, HTTP binding §3.2). */
const CONTENT_TYPE = 'application/cloudevents+json; charset=utf-8'

/** Returns an event as a CloudEvent in structured JSON; `data` is the event as in `GET /v1/events`. */
export const cloudEvent = (event: EventView, baseUrl: string): string =>
  JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: `${baseUrl}/v1/events`,
    type: event.type,
    subject: event.subject,
    time: event.at,
    datacontenttype: 'application/json',
    data: event,
  })

/**
 * Returns the header fields of a delivery, signed by every valid secret, newest first (Standard Webhooks). The id is the
 * event's, the same at each attempt, so that receivers can drop repetitions; the time is the attempt's, so that a recorded
 * delivery cannot be replayed later.
 */
export const signedHeaders = (
  id: string,
  body: string,
  secrets: readonly string[],
  now: number,
): Record<string, string> => ({
  'content-type': CONTENT_TYPE,
  'user-agent': 'Floe-Webhooks/1',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(now / 1000)),
  'webhook-signature': secrets.map(secret => new Webhook(secret).sign(id, new Date(now), body)).join(' '),
})
