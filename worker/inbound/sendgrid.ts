import * as z from 'zod/mini'
import { bounceOf, statusIn } from '../../core/bounce.ts'
import { concatBytes, fromBase64 } from '../../core/bytes.ts'
import {
  isTimely,
  type Json,
  jsonIn,
  NOTHING,
  objectOf,
  type Parted,
  type Provider,
  type Told,
  textOf,
  together,
  topics,
  UNKNOWN,
} from './provider.ts'
import type { Report } from './report.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' }
/** A P-256 public key in base64: the fixed SPKI prefix (RFC 5480) and the point. */
const SPKI = /^MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE[A-Za-z0-9+/]{86}==$/
const NUMBER_BYTES = 32

/** SendGrid's Signed Event Webhook. */
export const sendgrid: Provider<{ publicKey: string } & Parted> = {
  settings: z.strictObject({
    publicKey: z.string().check(z.regex(SPKI, 'must be the verification key of the Signed Event Webhook')),
    topics,
  }),

  async read({ body, header }, { publicKey }, { now }) {
    const timestamp = header('x-twilio-email-event-webhook-timestamp') ?? ''
    const signature = plainSignature(header('x-twilio-email-event-webhook-signature') ?? '')
    if (!/^\d{1,12}$/.test(timestamp) || !signature) return { refused: 'signature' }
    const signed = concatBytes([new TextEncoder().encode(timestamp), body])
    if (!(await verifies(publicKey, signature, signed))) return { refused: 'signature' }
    if (!isTimely(Number(timestamp) * 1000, now)) return { refused: 'stale' }
    const events = jsonIn(body)
    if (!Array.isArray(events)) return { refused: 'malformed' }
    return together(events.map(event => toldBy(objectOf(event))))
  },
}

async function verifies(publicKey: string, signature: Uint8Array, signed: Uint8Array): Promise<boolean> {
  try {
    const spki = fromBase64(publicKey)
    const key = await crypto.subtle.importKey('spki', spki, ALGORITHM, false, ['verify'])
    return await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      new Uint8Array(signature),
      new Uint8Array(signed),
    )
  } catch {
    return false
  }
}

/** Converts an ECDSA signature from DER (RFC 3279 §2.2.3) to the two plain numbers that WebCrypto takes. */
function plainSignature(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]{88,100}={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  const der = fromBase64(text)
  const plain = new Uint8Array(2 * NUMBER_BYTES)
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  let at = 2
  for (const end of [NUMBER_BYTES, 2 * NUMBER_BYTES]) {
    const length = der[at + 1] ?? 0
    const number = der.subarray(at + 2, at + 2 + length)
    const digits = number[0] === 0 ? number.subarray(1) : number
    if (der[at] !== 0x02 || number.length !== length || digits.length > NUMBER_BYTES) return undefined
    plain.set(digits, end - digits.length)
    at += 2 + length
  }
  return at === der.length ? plain : undefined
}

/** Why SendGrid dropped a message unsent, and the kind of report that is. */
const DROPPED: Record<string, Report['kind']> = {
  'Bounced Address': 'permanent',
  Invalid: 'permanent',
  'Spam Reporting Address': 'complaint',
  'Unsubscribed Address': 'unsubscribed',
}

/** What SendGrid says of a bounce (`bounce_classification`); others are read by their words. */
const CLASSES: Record<string, Report['kind']> = {
  Content: 'transient',
  'Frequency or Volume Too High': 'transient',
  'Invalid Address': 'permanent',
  'Mailbox Unavailable': 'transient',
  Reputation: 'transient',
  'Technical Failure': 'transient',
}

/** Events that say nothing about whom mail may be sent to. */
const OTHERS = ['processed', 'deferred', 'open', 'click', 'group_resubscribe']

function toldBy(event: Json): Told {
  const id = textOf(event['sg_event_id'])
  const address = textOf(event['email'])
  const report = (kind: Report['kind'], status?: string, part?: string): Told => ({
    reports: id === '' ? [] : [{ id, kind, about: { address }, status, part }],
  })
  const reason = textOf(event['reason'])
  switch (event['event']) {
    case 'delivered':
      return { reports: [], delivered: [address] }
    case 'spamreport':
      return report('complaint')
    case 'unsubscribe':
      return report('unsubscribed')
    case 'group_unsubscribe':
      return report('unsubscribed', undefined, `${event['asm_group_id']}`)
    case 'bounce': {
      const status = statusIn(event['status']) ?? statusIn(reason)
      const said = textOf(event['bounce_classification'])
      if (event['type'] === 'blocked') return report('transient', status)
      return report(Object.hasOwn(CLASSES, said) ? CLASSES[said]! : bounceOf(status, reason), status)
    }
    case 'dropped':
      return Object.hasOwn(DROPPED, reason) ? report(DROPPED[reason]!, statusIn(event['status'])) : NOTHING
  }
  return OTHERS.includes(textOf(event['event'])) ? NOTHING : UNKNOWN
}
