import type * as z from 'zod/mini'
import type { Permission } from '../../core/api-key.ts'
import type { FaultDetail } from '../../core/fault.ts'

/** The stable code of a refusal. */
export type Code = FaultDetail['code']

/** The chapters of the reference, in their order. */
export const CHAPTERS = {
  'Before you send': 'What to ask, and what to put into a mail, right before it is handed off.',
  Suppressions: 'Whom not to mail: add, look up, list, lift, import and export.',
  Consent: 'Ask for it, record what you hold, pass on a withdrawal, and prove how things stand.',
  Reports: 'What mail servers and providers tell of: bounces and complaints.',
  Ledger: 'Everything that happened in your workspace, in order.',
  Rights: 'What recipients demanded about their own data, and by when you have to answer.',
  Webhooks: 'Have your own systems told what happens.',
  Keys: 'Who of you may do what.',
  Recipients: 'What stands behind the links in a mail. Mail clients and browsers call these, without a key.',
  Service: 'What anybody may ask.',
} as const

/** What is sent or answered in one media type, with an example of it. */
export interface Content {
  type?: string
  schema: z.ZodMiniType
  example: unknown
}

/** One call, as whoever makes it needs to know it. Its input's schema is the very one that the Worker parses with. */
export interface Operation {
  id: string
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  chapter: keyof typeof CHAPTERS
  summary: string
  text?: string
  /** What the API key must be allowed to do; without it the call takes no key. */
  permission?: Permission
  /** What path and query say. */
  query?: z.ZodMiniType
  /** Header fields a call may carry, with what they mean. */
  headers?: Record<string, string>
  /** Whether it changes something, and so takes an `Idempotency-Key`. */
  writes?: true
  body?: Content[]
  status?: number
  answer: Content[]
  /** Refusals of its own, beside those that every call with a key or a body knows. */
  faults?: Code[]
  /** What the fields mean, by their path in input or answer: `entries[].until`. */
  fields?: Record<string, string>
}

/** What every batch's items and look-ups say of a recipient. */
export const WHO = {
  address: 'An e-mail address, in whatever spelling: it is brought into canonical form.',
  sha256: 'Hex SHA-256 of the address in canonical form, where you would rather not send it.',
}

/** A moment, as every answer writes it. */
export const AT = '2026-11-20T09:30:00.000Z'
