import { lookUp } from '../http/dns.ts'
import type { KeyFinder } from './dkim.ts'

const DKIM_KEY_DEADLINE_MS = 2000

/**
 * Looks up key records by DNS over HTTPS at the configured resolver. Only the name is sent there, and no host named by the
 * message is contacted.
 */
export const dnsFinder =
  (resolver: string): KeyFinder =>
  async name => {
    try {
      const texts = (await lookUp(resolver, name, 'TXT', DKIM_KEY_DEADLINE_MS)).map(textIn)
      return texts.find(text => /(?:^|;)\s*p\s*=/.test(text)) ?? null
    } catch {
      return undefined
    }
  }

/** Returns the text of a TXT record in a resolver's notation: several quoted strings where it is long. */
export function textIn(data: string): string {
  if (!data.trimStart().startsWith('"')) return data
  const strings: string[] = []
  let opened = -1
  for (let i = 0; i < data.length; i++) {
    if (opened >= 0 && data[i] === '\\') i++
    else if (data[i] === '"') {
      if (opened >= 0) strings.push(data.slice(opened, i))
      opened = opened >= 0 ? -1 : i + 1
    }
  }
  return strings.join('')
}
