import * as z from 'zod/mini'
import { equalBytes, fromHex } from '../../core/bytes.ts'
import { HmacSha256 } from '../../core/sha256.ts'
import { isTimely, type Json, jsonIn, objectOf, type Provider, textOf } from './provider.ts'
import { bounceOf, type Report, statusIn } from './report.ts'

const encoder = new TextEncoder()

/**
 * Mailgun. Its signature covers a time and a random token but not the report, so anybody who saw one could sign another
 * report with it: each token counts once.
 */
export const mailgun: Provider<{ signingKey: string }> = {
  settings: z.strictObject({
    signingKey: z.string().check(z.regex(/^[\x21-\x7e]{16,128}$/, 'must be the HTTP webhook signing key')),
  }),

  async read({ body }, { signingKey }, { now }) {
    const payload = objectOf(jsonIn(body))
    const signature = objectOf(payload['signature'])
    const [timestamp, token] = [textOf(signature['timestamp']), textOf(signature['token'])]
    const given = fromHex(textOf(signature['signature']), 32)
    if (!/^\d{1,12}$/.test(timestamp) || !/^[\x21-\x7e]{16,128}$/.test(token) || !given)
      return { refused: 'malformed' }
    const wanted = new HmacSha256(encoder.encode(signingKey)).digest(encoder.encode(timestamp + token))
    if (!equalBytes(given, wanted)) return { refused: 'signature' }
    if (!isTimely(Number(timestamp) * 1000, now)) return { refused: 'stale' }
    const report = reportIn(objectOf(payload['event-data']))
    return { reports: report ? [report] : [], once: token }
  },
}

function reportIn(event: Json): Report | undefined {
  if (objectOf(event['flags'])['is-test-mode'] === true) return undefined
  const about = { address: textOf(event['recipient']) }
  const id = textOf(event['id'])
  const reason = textOf(event['reason'])
  if (event['event'] === 'complained') return { id, kind: 'complaint', about }
  if (event['event'] !== 'failed' || reason === 'suppress-unsubscribe') return undefined
  if (reason === 'suppress-complaint') return { id, kind: 'complaint', about }
  const delivery = objectOf(event['delivery-status'])
  const status = statusIn(delivery['enhanced-code']) ?? statusIn(delivery['message'])
  // Mailgun reports every attempt; the message counts once.
  const message = textOf(objectOf(objectOf(event['message'])['headers'])['message-id'])
  if (event['severity'] !== 'permanent' || reason === 'old')
    return { id: message || id, kind: 'transient', about, status }
  return { id, kind: bounceOf(status ?? '5.0.0'), about, status }
}
