import * as z from 'zod/mini'
import type { ReportKind } from '../../core/codes/report.ts'
import { jsonIn, objectOf, type Provider, textOf } from './provider.ts'
import { statusIn } from './report.ts'

/** Bounce types and their kind; the others (automatic replies, address changes, tests) say nothing about the mailbox. */
const TYPES: Record<string, ReportKind> = {
  HardBounce: 'permanent',
  BadEmailAddress: 'permanent',
  SpamComplaint: 'complaint',
  Transient: 'transient',
  SoftBounce: 'transient',
  DnsError: 'transient',
  Blocked: 'transient',
  SpamNotification: 'transient',
  DMARCPolicy: 'transient',
}

/** Postmark. It signs nothing; the API key in its URL authenticates a call. */
export const postmark: Provider<Record<string, never>> = {
  settings: z.strictObject({}),

  async read({ body }) {
    const record = objectOf(jsonIn(body))
    const type = textOf(record['RecordType'])
    if (type === '') return { refused: 'malformed' }
    const kind = Object.hasOwn(TYPES, textOf(record['Type'])) ? TYPES[textOf(record['Type'])] : undefined
    if (!['Bounce', 'SpamComplaint'].includes(type) || !kind) return { reports: [] }
    const id = record['ID']
    if (typeof id !== 'number' && textOf(id) === '') return { refused: 'malformed' }
    const about = { address: textOf(record['Email']) }
    return { reports: [{ id: `${id}`, kind, about, status: statusIn(record['Details']) }] }
  },
}
