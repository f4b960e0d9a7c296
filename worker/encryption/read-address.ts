import { Fault } from '../../core/fault.ts'
import type { Deps } from '../deps.ts'

/** A kept address, as far as it can be read: undefined where none is kept, null where its key cannot be had just now. */
export type ReadAddress = string | null | undefined

/**
 * Reads a kept address for a page that can do without: what shows it, masked, must not fail with the vault. Throws when the row is
 * not what was kept there.
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

/** Returns an address for what cannot do without, undefined where none is kept. Throws `encryption.unavailable`. */
export function readable(address: ReadAddress): string | undefined {
  if (address === null) throw new Fault({ code: 'encryption.unavailable' })
  return address
}
