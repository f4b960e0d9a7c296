import * as z from 'zod/mini'
import { bounceOf, statusIn } from '../../core/bounce.ts'
import { equalBytes, fromHex } from '../../core/bytes.ts'
import { HmacSha256 } from '../../core/sha256.ts'
import {
  isTimely,
  type Json,
  jsonIn,
  NOTHING,
  objectOf,
  type Provider,
  type Told,
  textOf,
  UNKNOWN,
} from './provider.ts'
import type { Report } from './report.ts'

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
    return { ...toldBy(objectOf(payload['event-data'])), once: token }
  },
}

/** Events that say nothing about whom mail may be sent to. */
const OTHERS = [
  'accepted',
  'rejected',
  'opened',
  'clicked',
  'stored',
  'list_member_uploaded',
  'list_member_upload_error',
  'list_uploaded',
  'email_validation',
]

/** Why Mailgun did not even try, and the kind of report that is. */
const SUPPRESSED: Record<string, Report['kind']> = {
  'suppress-bounce': 'permanent',
  'suppress-complaint': 'complaint',
  'suppress-unsubscribe': 'unsubscribed',
}

function toldBy(event: Json): Told {
  if (objectOf(event['flags'])['is-test-mode'] === true) return NOTHING
  const address = textOf(event['recipient'])
  const id = textOf(event['id'])
  const report = (kind: Report['kind'], of = id, status?: string): Told => ({
    reports: [{ id: of, kind, about: { address }, status }],
  })
  switch (event['event']) {
    case 'complained':
      return report('complaint')
    case 'unsubscribed':
      return report('unsubscribed')
    case 'delivered':
      return { reports: [], delivered: [address] }
    case 'failed':
      return failed(event, report)
  }
  return OTHERS.includes(textOf(event['event'])) ? NOTHING : UNKNOWN
}

function failed(event: Json, report: (kind: Report['kind'], of?: string, status?: string) => Told): Told {
  const reason = textOf(event['reason'])
  if (Object.hasOwn(SUPPRESSED, reason)) return report(SUPPRESSED[reason]!)
  const delivery = objectOf(event['delivery-status'])
  const words = `${delivery['code'] ?? ''} ${textOf(delivery['message'])} ${textOf(delivery['description'])}`
  const status = statusIn(delivery['enhanced-code']) ?? statusIn(words)
  // Mailgun reports every attempt; the message counts once. `old`: it gave up; `espblock`: the provider refused the sender.
  const message = textOf(objectOf(objectOf(event['message'])['headers'])['message-id'])
  if (event['severity'] !== 'permanent' || reason === 'old' || reason === 'espblock')
    return report('transient', message || textOf(event['id']), status)
  return report(bounceOf(status, words), textOf(event['id']), status)
}
