import { LINES_READ, LOOKED_AT } from './facts.ts'
import { saysSame, showsWayOut } from './look.ts'
import { RULE_SOURCES, type Rule, type RuleSource } from './rule.ts'
import { bracketed } from './scan.ts'

const { rfc, gmail, canSpam, casl, ePrivacy, eCommerce, spamAct } = RULE_SOURCES
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

/** Rules about the body that laws set, by regime. */
export const FOOTER_RULES: readonly (Rule & { regimes: string[] })[] = [
  ...(
    [
      ['us_canspam', canSpam],
      ['ca_casl', casl],
      ['eu', ePrivacy],
      ['au', spamAct],
    ] as [string, RuleSource][]
  ).map(([regime, source]) => ({
    rule: `footer.way_out.${regime}`,
    regimes: regime === 'eu' ? ['eu', 'uk'] : [regime],
    severity: 'error' as const,
    fix: 'Put an unsubscribe link into the body: POST /v1/messages/prepare does.',
    source,
    find: (facts: Parameters<Rule['find']>[0]) =>
      showsWayOut(facts) ? undefined : 'The body shows no way to unsubscribe.',
  })),
  ...(
    [
      ['us_canspam', canSpam],
      ['ca_casl', casl],
    ] as [string, RuleSource][]
  ).map(([regime, source]) => ({
    rule: `footer.postal_address.${regime}`,
    regimes: [regime],
    severity: 'error' as const,
    fix: 'Set the workspace’s postalAddress, and let POST /v1/messages/prepare write the footer.',
    source,
    find: ({ postalAddress, text, html }: Parameters<Rule['find']>[0]) => {
      if (postalAddress === null)
        return 'The workspace has no postal address, so that none can be looked for.'
      return saysSame(`${text} ${html}`, postalAddress)
        ? undefined
        : 'The postal address does not stand in the body.'
    },
  })),
  ...(
    [
      ['eu', eCommerce],
      ['ca_casl', casl],
      ['au', spamAct],
    ] as [string, RuleSource][]
  ).map(([regime, source]) => ({
    rule: `footer.sender.${regime}`,
    regimes: regime === 'eu' ? ['eu', 'uk'] : [regime],
    severity: 'warning' as const,
    fix: 'Set the workspace’s legalName, and let POST /v1/messages/prepare write the footer.',
    source,
    find: ({ legalName, text, html }: Parameters<Rule['find']>[0]) => {
      if (legalName === null) return 'The workspace has no legal name, so that none can be looked for.'
      return saysSame(`${text} ${html}`, legalName)
        ? undefined
        : 'The legal name of the sender does not stand in the body.'
    },
  })),
]

/** Other rules about the body. */
export const BODY_RULES: readonly Rule[] = [
  {
    rule: 'body.clipped',
    severity: 'warning',
    fix: 'Shorten the HTML, or put {{floe_footer}} further up.',
    source: gmail,
    find: ({ htmlLength }) =>
      htmlLength > LOOKED_AT
        ? 'Gmail shows about 102 kB of HTML and cuts the rest off, the footer with it. These rules look no further either.'
        : undefined,
  },
  {
    rule: 'body.text_length',
    severity: 'note',
    fix: 'Shorten the text, or put {{floe_footer}} further up.',
    source: gmail,
    find: ({ textLength }) =>
      textLength > LOOKED_AT
        ? 'The plain text is longer than 102 kB, and these rules look no further.'
        : undefined,
  },
  {
    rule: 'body.lines',
    severity: 'note',
    fix: 'Leave empty lines out.',
    source: gmail,
    find: ({ isCut }) =>
      isCut
        ? `The message has more than ${LINES_READ.toLocaleString('en')} lines, and these rules look no further.`
        : undefined,
  },
  {
    rule: 'body.text_missing',
    severity: 'note',
    fix: 'Send a plain text beside the HTML.',
    source: rfc(2046, '5.1.4'),
    find: ({ html, text }) => (html !== '' && text.trim() === '' ? 'There is no plain text.' : undefined),
  },
  {
    rule: 'body.tracking_pixel',
    severity: 'warning',
    fix: 'Leave it out, or have consent for it.',
    source: {
      name: 'Directive 2002/58/EC, article 5(3)',
      url: 'https://eur-lex.europa.eu/eli/dir/2002/58/oj',
    },
    find: ({ html }) =>
      [...bracketed(html)].some(({ inner }) => isPixel(inner))
        ? 'An image of one pixel tells who opens the mail, which needs consent in the European Union.'
        : undefined,
  },
]

const isPixel = (tag: string): boolean =>
  /^img[\s/]/i.test(tag) &&
  /\bwidth\s*=\s*["']?[01](?:["'\s/]|$)/i.test(tag) &&
  /\bheight\s*=\s*["']?[01](?:["'\s/]|$)/i.test(tag)
