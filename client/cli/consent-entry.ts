import { Fault } from '../../core/fault.ts'
import { recordConsents } from '../../worker/consent/api.ts'
import { parse } from '../../worker/http/field-fault.ts'
import type { Consent } from '../consent.ts'

/** What the sender says of every line where the file does not. */
export interface Given {
  topic?: string | undefined
  basis?: string | undefined
  notice?: { name: string; version: string } | undefined
  sourceUrl?: string | undefined
  wording?: string | undefined
}

/** A consent to send, or why there is none. `assumed`: a time of it names no zone, and is taken as UTC. */
export type ReadConsent = { consent: Consent; assumed?: true } | { error: string; why?: string }

/** Returns a consent that Floe's rules take, without the parts that are undefined; or what is wrong with it. */
export function checked(parts: object, assumed = false): ReadConsent {
  const entry = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
  // U+FFFD stands where a letter was lost before the file came: what it was part of is no evidence.
  if (JSON.stringify(entry).includes('\ufffd'))
    return { error: 'lost_letters', why: 'U+FFFD stands for a letter' }
  try {
    const [consent] = parse(recordConsents.input, { entries: [entry] }).entries
    return { consent: consent as Consent, ...(assumed && { assumed }) }
  } catch (error) {
    if (!(error instanceof Fault) || error.detail.code !== 'request.invalid') throw error
    const said = error.detail.errors.map(
      ({ field, message }) => `${field.replace(/^entries\[0]\.?/, '')} ${message}`,
    )
    return { error: 'invalid_field', why: said.join(', ').trim() }
  }
}

/** Returns a consent of NDJSON, with what is given where it has none. */
export function withGiven(
  entry: Record<string, unknown>,
  { topic, basis, notice, sourceUrl, wording }: Given,
): ReadConsent {
  return checked({
    ...{ topic, basis, notice, wording },
    ...(sourceUrl !== undefined && { source: { url: sourceUrl } }),
    ...entry,
  })
}
