import type { Deps } from '../deps.ts'
import type { ReceiptKeys } from './receipt-key.ts'

/** The dependencies of consent proofs. */
export interface ConsentDeps extends Deps {
  receipts: ReceiptKeys
}
