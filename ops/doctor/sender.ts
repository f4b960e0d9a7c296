import { lookUp } from '../../worker/http/dns.ts'
import { textIn } from '../../worker/message/dns.ts'
import { type Finding, findingsOf } from './finding.ts'
import { DEADLINE_MS, reasonOf } from './reach.ts'

/** Looks for the SPF and DMARC records of a domain that confirmations are sent from, at the resolver that Floe asks. */
export async function lookAtSender(domain: string, resolver: string): Promise<Finding> {
  const { ok, warn, notLookedAt } = findingsOf('sender')
  const texts = async (name: string) => (await lookUp(resolver, name, 'TXT', DEADLINE_MS)).map(textIn)
  try {
    const [own, ...policies] = await Promise.all([
      texts(domain),
      ...parentsOf(domain).map(each => texts(`_dmarc.${each}`)),
    ])
    const lacks = [
      ...(own.some(text => /^v=spf1(?: |$)/i.test(text)) ? [] : ['SPF']),
      ...(policies.flat().some(text => /^v=DMARC1 *(?:;|$)/i.test(text)) ? [] : ['DMARC']),
    ]
    if (lacks.length === 0) return ok(`${domain} has SPF and DMARC records`)
    return warn(
      `${domain} has no ${lacks.join(' and no ')} record`,
      'set what your mail provider names, or mailbox providers refuse confirmations',
    )
  } catch (error) {
    return notLookedAt(`DNS_URL does not answer for ${domain}: ${reasonOf(error)}`)
  }
}

/** Returns a domain and those above it, down to two labels: a policy of any of them may hold (RFC 7489 §6.6.3). */
function parentsOf(domain: string): string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, i) => labels.slice(i).join('.'))
}
