import * as z from 'zod/mini'
import { bounceOf, statusIn } from '../../core/bounce.ts'
import type { ReportKind } from '../../core/codes/report.ts'
import {
  type Json,
  jsonIn,
  NOTHING,
  objectOf,
  type Parted,
  type Provider,
  type ProviderReading,
  type Told,
  textOf,
  topics,
  UNKNOWN,
} from './provider.ts'

/** Types of bounces (Postmark, "Bounce API") and their kind; null for those that say nothing about the recipient. */
const TYPES: Record<string, ReportKind | null> = {
  HardBounce: 'permanent',
  BadEmailAddress: 'permanent',
  SpamComplaint: 'complaint',
  Unsubscribe: 'unsubscribed',
  Transient: 'transient',
  SoftBounce: 'transient',
  DnsError: 'transient',
  Blocked: 'transient',
  SpamNotification: 'transient',
  DMARCPolicy: 'transient',
  AddressChange: null,
  AutoResponder: null,
  ChallengeVerification: null,
  InboundError: null,
  ManuallyDeactivated: null,
  OpenRelayTest: null,
  SMTPApiError: null,
  Subscribe: null,
  TemplateRenderingFailed: null,
  Unconfirmed: null,
  Unknown: null,
  VirusNotification: null,
}

/** Why Postmark stopped sending to somebody who asked for it, or whose server or provider did. */
const SUPPRESSED: Record<string, ReportKind> = {
  HardBounce: 'permanent',
  ManualSuppression: 'unsubscribed',
  SpamComplaint: 'complaint',
}

/** Postmark. It signs nothing; the API key in its URL authenticates a call. */
export const postmark: Provider<Parted> = {
  settings: z.strictObject({ topics }),

  async read({ body }) {
    const record = objectOf(jsonIn(body))
    switch (textOf(record['RecordType'])) {
      case '':
        return { refused: 'malformed' }
      case 'Bounce':
      case 'SpamComplaint':
        return bounced(record)
      case 'SubscriptionChange':
        return changed(record)
      case 'Delivery':
        return { reports: [], delivered: [textOf(record['Recipient'])] }
      case 'Open':
      case 'Click':
      case 'Inbound':
        return NOTHING
    }
    return UNKNOWN
  },
}

function bounced(record: Json): ProviderReading {
  const type = textOf(record['Type'])
  if (!Object.hasOwn(TYPES, type)) return UNKNOWN
  const kind = TYPES[type]
  if (!kind) return NOTHING
  const id = record['ID']
  if (typeof id !== 'number' && textOf(id) === '') return { refused: 'malformed' }
  const details = textOf(record['Details'])
  const status = statusIn(details)
  // Postmark's hard bounces hold refusals of every kind; its words tell them apart.
  const is = type === 'HardBounce' && details !== '' ? bounceOf(status ?? '5.1.1', details) : kind
  return { reports: [{ id: `${id}`, kind: is, about: { address: textOf(record['Email']) }, status }] }
}

/** Reads a change of a suppression; what the sender or Postmark's staff changed is no word of the recipient's. */
function changed(record: Json): Told {
  const reason = textOf(record['SuppressionReason'])
  if (record['SuppressSending'] !== true || record['Origin'] !== 'Recipient') return NOTHING
  if (!Object.hasOwn(SUPPRESSED, reason)) return UNKNOWN
  const address = textOf(record['Recipient'])
  const id = [textOf(record['MessageID']), textOf(record['ChangedAt']), reason].join(' ')
  const part = textOf(record['MessageStream']) || undefined
  return { reports: [{ id, kind: SUPPRESSED[reason]!, about: { address }, part }] }
}
