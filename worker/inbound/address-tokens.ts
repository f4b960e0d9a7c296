import type { Keyring } from '../../core/keys.ts'
import { type Claim, linkTextOf, readToken } from '../../core/token.ts'

/** Fields that name the address a mail was sent to; forwarding servers leave the first one in one of them. */
export const WRITTEN_TO = [
  'to',
  'cc',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'resent-to',
]

/** Texts tried as tokens: a mail with a thousand addresses makes no thousand codes to compute. */
const CANDIDATES_MAX = 16

/**
 * Returns possible tokens of mail addresses, in either form, as links have them. The plus may be percent-encoded, or a blank, as
 * programs leave it that take a mailto for a form; a quote, `=` or `%` ends the token where a server rewrote the address.
 */
export const extensionsIn = (texts: readonly string[]): string[] =>
  candidates(texts.flatMap(text => [...text.matchAll(/(?:[+ ]|%2[Bb])([\w-]{39,50})(?=[@"=%])/g)]))

/** Returns possible tokens from the links and addresses in a List-Unsubscribe field or a text, as links have them. */
export const linksIn = (text: string): string[] =>
  candidates([...text.matchAll(/(?:\/u\/|\+|%2[Bb])([\w-]{39,50})(?![\w-])/g)])

const candidates = (found: readonly RegExpMatchArray[]): string[] =>
  [...new Set(found.map(([, token]) => linkTextOf(token!)))].slice(0, CANDIDATES_MAX)

/** A token of a mail address that verified. */
export interface AddressToken {
  purpose: 'unsubscribe' | 'feedback'
  /** As a link has it. */
  text: string
  claim: Claim
}

/** Returns the first candidate that verifies as a token of either purpose, or undefined. */
export function verifiedIn(keyring: Keyring, texts: readonly string[]): AddressToken | undefined {
  for (const text of texts) {
    for (const purpose of ['unsubscribe', 'feedback'] as const) {
      const claim = readToken(keyring, purpose, text)
      if (claim) return { purpose, text, claim }
    }
  }
  return undefined
}
