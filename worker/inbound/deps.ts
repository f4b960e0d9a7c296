import type { MessageDeps } from '../message/deps.ts'
import type { UnsubscribeDeps } from '../unsubscribe/deps.ts'
import type { SnsKeys } from './sns-keys.ts'

/** The dependencies of inbound reports. */
export interface InboundDeps extends MessageDeps, UnsubscribeDeps {
  /** Public keys of Amazon SNS. */
  snsKeys: SnsKeys
  /** Domains, or addresses at them, whose DKIM signature makes a mail a complaint. */
  reporters: readonly string[]
}
