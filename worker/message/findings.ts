import { BODY_RULES, FOOTER_RULES } from './body-rules.ts'
import { DKIM_RULES } from './dkim-rules.ts'
import type { Facts } from './facts.ts'
import { HEADER_RULES } from './header-rules.ts'
import type { Finding, Rule, Severity } from './rule.ts'

/** The regimes with rules about a body. */
export const LINT_REGIMES = ['eu', 'uk', 'us_canspam', 'ca_casl', 'au'] as const

const ORDER: Severity[] = ['error', 'warning', 'note']

/** All rules, those of regimes among them. */
export const RULES: readonly Rule[] = [...HEADER_RULES, ...DKIM_RULES, ...FOOTER_RULES, ...BODY_RULES]

/** Returns the findings of a message, with those of the given regimes, worst first. */
export function findingsIn(facts: Facts, regimes: readonly string[]): Finding[] {
  const rules = [
    ...HEADER_RULES,
    ...DKIM_RULES,
    ...FOOTER_RULES.filter(rule => rule.regimes.some(regime => regimes.includes(regime))),
    ...BODY_RULES,
  ]
  return rules
    .flatMap(({ rule, severity, fix, source, find }): Finding[] => {
      const message = find(facts)
      return message === undefined ? [] : [{ rule, severity, message, fix, source }]
    })
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}
