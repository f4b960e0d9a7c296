import type { Deps } from '../deps.ts'

/** The dependencies of reading messages. */
export interface MessageDeps extends Deps {
  /** DNS over HTTPS resolver, for DKIM keys. */
  dnsUrl: string
}
