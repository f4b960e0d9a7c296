import type { Deps } from '../deps.ts'
import type { ReceiptKeys } from './receipt-key.ts'

/** What proofs of consent need beside the rest. */
export interface ConsentDeps extends Deps {
  receipts: ReceiptKeys
}
