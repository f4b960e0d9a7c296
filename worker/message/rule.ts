import type { Facts } from './facts.ts'

/**
 * Severity of a finding. `error`: the button is not shown, or a law is broken; `warning`: that may happen; `note`: other
 * advice.
 */
export type Severity = 'error' | 'warning' | 'note'

/** The source of a rule. */
export interface RuleSource {
  name: string
  url: string
}

/** A rule about messages, with its fix. */
export interface Rule {
  rule: string
  severity: Severity
  fix: string
  source: RuleSource
  /** Returns the finding; undefined where the message follows the rule. */
  find(facts: Facts): string | undefined
}

/** A finding of a rule. */
export type Finding = Pick<Rule, 'rule' | 'severity' | 'fix' | 'source'> & { message: string }

const rfc = (number: number, section: string): RuleSource => ({
  name: `RFC ${number}, section ${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
})

/** The sources of rules. */
export const RULE_SOURCES = {
  rfc,
  gmail: { name: 'Gmail, email sender guidelines', url: 'https://support.google.com/a/answer/81126' },
  yahoo: { name: 'Yahoo, sender best practices', url: 'https://senders.yahooinc.com/best-practices/' },
  canSpam: { name: '15 U.S.C. 7704(a)(3) and (5)', url: 'https://www.law.cornell.edu/uscode/text/15/7704' },
  casl: { name: 'CASL, sections 6(2) and 11', url: 'https://laws-lois.justice.gc.ca/eng/acts/E-1.6/' },
  ePrivacy: {
    name: 'Directive 2002/58/EC, article 13(2) and (4)',
    url: 'https://eur-lex.europa.eu/eli/dir/2002/58/oj',
  },
  eCommerce: {
    name: 'Directive 2000/31/EC, articles 5 and 6',
    url: 'https://eur-lex.europa.eu/eli/dir/2000/31/oj',
  },
  spamAct: {
    name: 'Spam Act 2003, sections 17 and 18',
    url: 'https://www.legislation.gov.au/C2004A01214/latest/text',
  },
} as const
