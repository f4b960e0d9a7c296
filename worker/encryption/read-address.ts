import { Fault } from '../../core/fault.ts'
import type { Deps } from '../deps.ts'

/** A stored address: undefined where none is stored, null while its key is unavailable. */
export type ReadAddress = string | null | undefined

/**
 * Reads a stored address for a page that works without it: a page that shows it masked must not fail with the vault. Throws
 * where the ciphertext does not belong to its row.
 */
export async function readAddress(
  deps: Pick<Deps, 'cipher'>,
  addressId: Uint8Array,
  kept: { tenant: number; sealed: Uint8Array } | undefined,
): Promise<ReadAddress> {
  if (!kept) return undefined
  try {
    return await deps.cipher.decrypt(kept.tenant, addressId, kept.sealed)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

/** Returns an address where a page needs it; undefined where none is stored. Throws `encryption.unavailable`. */
export function readable(address: ReadAddress): string | undefined {
  if (address === null) throw new Fault({ code: 'encryption.unavailable' })
  return address
}
