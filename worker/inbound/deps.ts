import type { Deps } from '../deps.ts'
import type { SnsKeys } from './sns-keys.ts'

/** What reports need beside the rest. */
export interface InboundDeps extends Deps {
  /** What Amazon SNS signs with. */
  snsKeys: SnsKeys
}
