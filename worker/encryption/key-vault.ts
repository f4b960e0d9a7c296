/** Tenant and generation of a data key: associated data of its wrapping, so that no row unwraps as another's. */
export interface KeyPlace {
  tenant: number
  generation: number
}

/** Wraps data keys with a key that is not in the database, and unwraps them. Both throw `VaultFailure`. */
export interface KeyVault {
  /** Returns a wrapped data key, to be stored. */
  wrap(place: KeyPlace, key: Uint8Array): Promise<string>
  /** Returns the data key that was wrapped for a place. */
  unwrap(place: KeyPlace, wrapped: string): Promise<Uint8Array>
  /** Whether a wrapped key is known to be wrapped under the newest wrapping key. */
  isCurrent(wrapped: string): boolean
}

/**
 * Why a vault failed. `away`: unreachable or sealed, a later try may work. `forbidden`: access denied. `unknown_key`: the
 * wrapping key is missing. `not_ours`: the wrapped key was changed, or belongs to another place. `malformed`: the response
 * cannot be read.
 */
export type VaultWhy = 'away' | 'forbidden' | 'unknown_key' | 'not_ours' | 'malformed'

/** Failure of a vault. The message is for operators and holds no key. */
export class VaultFailure extends Error {
  override readonly name = 'VaultFailure'
  readonly why: VaultWhy

  constructor(why: VaultWhy, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}

/** Returns the associated data that binds a wrapped key to its place. */
export const placeText = ({ tenant, generation }: KeyPlace): string => `floe/data-key/${tenant}/${generation}`
