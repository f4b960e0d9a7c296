import { RULE_SOURCES, type Rule } from './rule.ts'

const { rfc, gmail } = RULE_SOURCES
const SIGN_AFTER =
  'Sign last, and name List-Unsubscribe and List-Unsubscribe-Post in your signer’s list of fields.'

/** Rules about DKIM signatures (RFC 8058 §4). */
export const DKIM_RULES: readonly Rule[] = [
  {
    rule: 'dkim.missing',
    severity: 'error',
    fix: SIGN_AFTER,
    source: rfc(8058, '4'),
    find: ({ signatures }) => (signatures.length === 0 ? 'The message has no DKIM signature.' : undefined),
  },
  {
    rule: 'dkim.broken',
    severity: 'error',
    fix: 'Change nothing after signing, and publish the key you sign with.',
    source: rfc(6376, '6.1'),
    find: ({ signatures }) => {
      const bad = signatures.filter(({ result }) => ['fail', 'no_key', 'unsupported'].includes(result))
      return bad.length > 0 && !signatures.some(({ result }) => result === 'pass')
        ? `No signature holds: ${bad.map(({ domain, why }) => `${domain || 'one'}: ${why}`).join('; ')}.`
        : undefined
    },
  },
  {
    rule: 'dkim.unknown',
    severity: 'warning',
    fix: 'Try again, or give the key in dkimKeys.',
    source: rfc(6376, '6.1.2'),
    find: ({ signatures }) => {
      const [unknown] = signatures.filter(({ result }) => result === 'unknown')
      return unknown && `Whether the signature of ${unknown.domain} holds is not known: ${unknown.why}.`
    },
  },
  {
    rule: 'dkim.coverage',
    severity: 'error',
    fix: SIGN_AFTER,
    source: rfc(8058, '4'),
    find: ({ signatures, values }) => {
      const wanted = ['list-unsubscribe', 'list-unsubscribe-post'].filter(name => values(name).length > 0)
      const usable = signatures.filter(({ result }) => result === 'pass' || result === 'unknown')
      if (usable.length === 0 || usable.some(({ covers }) => wanted.every(name => covers.includes(name))))
        return undefined
      const lacking = wanted.filter(name => !usable.some(({ covers }) => covers.includes(name)))
      return `No signature that holds covers ${(lacking.length > 0 ? lacking : wanted).join(' and ')}: the button is not shown.`
    },
  },
  {
    rule: 'dkim.alignment',
    severity: 'error',
    fix: 'Sign with the domain of From, or one above it.',
    source: gmail,
    find: ({ signatures, from }) => {
      const domains = from.map(address => address.split('@').at(-1)!.toLowerCase())
      const usable = signatures.filter(({ result }) => result === 'pass' || result === 'unknown')
      return usable.length === 0 || domains.some(domain => usable.some(one => aligned(domain, one.domain)))
        ? undefined
        : `From is at ${domains.join(', ')}, and it is signed by ${usable.map(one => one.domain).join(', ')}.`
    },
  },
  {
    rule: 'dkim.key_size',
    severity: 'error',
    fix: 'Use a key of 2048 bits.',
    source: gmail,
    find: ({ signatures }) => {
      const weak = signatures.find(({ bits }) => bits !== undefined && bits < 1024)
      return weak && `The key of ${weak.domain} has ${weak.bits} bits; 1024 is the least.`
    },
  },
  {
    rule: 'dkim.partial',
    severity: 'warning',
    fix: 'Sign without l=.',
    source: rfc(6376, '8.2'),
    find: ({ signatures }) =>
      signatures.some(({ partial }) => partial)
        ? 'A signature covers only the beginning of the body (l=): anybody may add to the rest.'
        : undefined,
  },
]

/**
 * Whether two domains are aligned as in relaxed DMARC. Without a public suffix list, one must be a subdomain of the other.
 */
const aligned = (a: string, b: string): boolean => a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)
