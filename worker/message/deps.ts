import type { AppDeps } from '../deps.ts'

/** The dependencies of reading messages. */
export interface MessageDeps extends AppDeps {
  /** DNS over HTTPS resolver, for DKIM keys. */
  dnsUrl: string
}
