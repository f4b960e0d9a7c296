import { lookUp } from '../http/dns.ts'

/** Returns the IP addresses of a host. Throws where the lookup fails. */
export type Resolver = (host: string) => Promise<string[]>

const LOOK_UP_DEADLINE_MS = 3000

/** Returns a resolver by DNS over HTTPS. */
export const dnsOverHttps =
  (resolver: string): Resolver =>
  async host => {
    const ask = (record: 'A' | 'AAAA') => lookUp(resolver, host, record, LOOK_UP_DEADLINE_MS)
    return (await Promise.all([ask('A'), ask('AAAA')])).flat()
  }
