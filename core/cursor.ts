import { fromBase64Url, toBase64Url } from './bytes.ts'
import type { RingCipher } from './cipher.ts'

const CONTEXT = new TextEncoder().encode('cursor')

/** Digits of the highest possible sequence number. */
const DIGITS = String(Number.MAX_SAFE_INTEGER).length

/**
 * Returns a position in the ledger as a cursor for one tenant. It is encrypted and of fixed length: the bare number, or its
 * number of digits, would tell every tenant how much the others write.
 */
export const sealCursor = async (ring: RingCipher, tenant: number, seq: number): Promise<string> =>
  toBase64Url(await ring.encrypt(tenant, CONTEXT, String(seq).padStart(DIGITS, '0')))

/** Returns the position of a cursor, or undefined when it was not made for this tenant. */
export async function openCursor(
  ring: RingCipher,
  tenant: number,
  cursor: string,
): Promise<number | undefined> {
  const sealed = fromBase64Url(cursor)
  return sealed && ring.decrypt(tenant, CONTEXT, sealed).then(Number, () => undefined)
}
