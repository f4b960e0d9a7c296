import { fromBase64, toBase64 } from '../../core/bytes.ts'
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
export async function signedHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  now: number,
): Promise<Record<string, string>> {
  const at = String(Math.floor(now / 1000))
  const signed = new TextEncoder().encode(`${id}.${at}.${body}`)
  const signatures = await Promise.all(secrets.map(secret => signatureOf(secret, signed)))
  return {
    'content-type': CONTENT_TYPE,
    'user-agent': 'Floe-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': at,
    'webhook-signature': signatures.join(' '),
  }
}

async function signatureOf(secret: string, signed: Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)))}`
}
