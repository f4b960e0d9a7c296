import * as z from 'zod/mini'
import { DAY_MS, MINUTE_MS } from '../../core/clock.ts'
import type { Why } from './refusal.ts'
import type { Report } from './report.ts'
import type { SnsKeys } from './sns-keys.ts'

export interface ProviderCall {
  /** The signed bytes. */
  body: Uint8Array<ArrayBuffer>
  header(name: string): string | undefined
}

/** The clock and keys that a provider's proof is verified with. */
export interface Means {
  now: number
  snsKeys: SnsKeys
}

/** What a proven call tells. */
export interface Told {
  reports: Report[]
  /** Addresses that took a mail, so that earlier transient bounces no longer count. */
  delivered?: string[]
  /** Events of types that are not known here. */
  unknown?: number
  /** One-time value of the signature. */
  once?: string
}

/**
 * The result of reading a call. `refused`: not proven, or unreadable. `confirm`: a URL of the provider, verified to be its
 * own, that must be fetched to begin.
 */
export type ProviderReading = { refused: Why } | { confirm: string } | Told

/** Returns what several events tell together. */
export const together = (all: readonly Told[]): Told => ({
  reports: all.flatMap(one => one.reports),
  delivered: all.flatMap(one => one.delivered ?? []),
  unknown: all.reduce((sum, one) => sum + (one.unknown ?? 0), 0),
})

/** What an event tells that concerns nobody's mail. */
export const NOTHING: Told = { reports: [] }
/** What an event tells whose type is not known. */
export const UNKNOWN: Told = { reports: [], unknown: 1 }

/** Setting of providers at which a recipient can leave a part of what a sender mails: the topic that each part is. */
export const topics = z.optional(z.record(z.string().check(z.minLength(1), z.maxLength(100)), z.string()))

/** Settings of such a provider. */
export interface Parted {
  topics?: Record<string, string> | undefined
}

/** Verifies and parses the calls of one provider. */
export interface Provider<Settings> {
  /** The settings a workspace enters for its account there. */
  settings: z.ZodMiniType<Settings>
  read(call: ProviderCall, settings: Settings, means: Means): Promise<ProviderReading>
}

/** Tolerance for a provider's clock that is ahead. */
const SKEW_MS = 10 * MINUTE_MS
/** Age at which a signature expires: providers repeat a call for about a day, and not all say whether they sign it anew. */
const SIGNED_FOR_MS = 3 * DAY_MS

/** Whether a signature is neither expired nor from the future. */
export const isTimely = (at: number, now: number): boolean => at > now - SIGNED_FOR_MS && at < now + SKEW_MS

/** A JSON object. */
export type Json = Record<string, unknown>

/** Returns a value as an object; anything else as an empty one. */
export const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

/** Returns a value as a list; anything else as an empty one. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Returns a value as text; anything else as an empty one. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Parses JSON; undefined where it is invalid. */
export function jsonIn(bytes: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
