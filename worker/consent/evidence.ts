import * as z from 'zod/mini'
import { urlOf } from '../../core/web-address.ts'

/**
 * Fields of the evidence of a consent, as a sender gives it. Each has a maximum, so that no event exceeds the ledger's limit.
 */

function isWebAddress(text: string): boolean {
  const url = urlOf(text)
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === ''
}

/** Page and form where consent was given. */
export const source = z.strictObject({
  url: z
    .string()
    .check(z.maxLength(2048), z.refine(isWebAddress, 'must be the http or https address of the page')),
  form: z.optional(z.string().check(z.maxLength(200))),
})

/** IP address of the recipient's device, as the sender saw it. */
export const ip = z.union([z.ipv4(), z.ipv6()], 'must be an IPv4 or IPv6 address')

/** User agent of the recipient, as the sender saw it. */
export const userAgent = z.string().check(z.maxLength(1000))

/** Wording the recipient agreed to. */
export const wording = z.string().check(z.minLength(1), z.maxLength(4000))

/** Name and version of the notice that was shown. */
export const noticeRef = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(63)),
  version: z.string().check(z.minLength(1), z.maxLength(63)),
})

/** A language tag (BCP 47). */
export const languageTag = z.string().check(
  z.maxLength(35),
  z.refine(text => {
    try {
      return Intl.getCanonicalLocales(text).length === 1
    } catch {
      return false
    }
  }, 'must be a language tag such as de-AT (BCP 47)'),
)

/** Meaning of the fields of evidence. */
export const EVIDENCE_FIELDS = {
  source: 'Where it was given.',
  'source.url': 'The page.',
  'source.form': 'Which form on it.',
  ip: 'The address of the recipient’s machine, as you saw it. Kept sealed, as evidence.',
  userAgent: 'The recipient’s program, as it named itself to you. Kept sealed, as evidence.',
  wording: 'The very words they agreed to.',
  notice: 'Which text was shown.',
  'notice.name': 'The name of the notice.',
  'notice.version': 'Its version. A version never changes.',
}
