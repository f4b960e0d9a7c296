import type { Deps } from '../deps.ts'
import type { SnsKeys } from './sns-keys.ts'

/** The dependencies of inbound reports. */
export interface InboundDeps extends Deps {
  /** Public keys of Amazon SNS. */
  snsKeys: SnsKeys
}
