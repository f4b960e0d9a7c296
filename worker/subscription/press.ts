import { equalBytes, getUint48, setUint48 } from '../../core/bytes.ts'
import type { Keyring } from '../../core/keys.ts'
import { UNDO_MS } from '../../core/limits.ts'
import { seal, unseal } from '../../core/token.ts'

const TIME_BYTES = 6

/**
 * Returns the press token of a sign-up, which is given only in the answer to the press, so that the mailed link alone does
 * not yield it.
 */
export function sealPress(keyring: Keyring, ref: Uint8Array, at: number): string {
  const body = new Uint8Array(1 + TIME_BYTES + ref.length)
  setUint48(new DataView(body.buffer), 1, at)
  body.set(ref, 1 + TIME_BYTES)
  return seal(keyring, 'receipt', body)
}

/** Whether a press token is of this sign-up and less than half an hour old. */
export function readPress(keyring: Keyring, ref: Uint8Array, text: string, now: number): boolean {
  if (text.length > 64) return false
  const body = unseal(keyring, 'receipt', text)
  if (!body || body.length !== 1 + TIME_BYTES + ref.length) return false
  const at = getUint48(new DataView(body.buffer, body.byteOffset), 1)
  return equalBytes(body.subarray(1 + TIME_BYTES), ref) && now <= at + UNDO_MS
}
