import type { AppDeps } from '../deps.ts'
import type { ReceiptKeys } from './receipt-key.ts'

/** The dependencies of consent proofs. */
export interface ConsentDeps extends AppDeps {
  receipts: ReceiptKeys
}
