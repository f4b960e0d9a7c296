/** Whose data key one is, and which of theirs: bound into what is wrapped, so that no row's opens as another's. */
export interface KeyPlace {
  tenant: number
  generation: number
}

/**
 * What wraps data keys with a key that is not in the database, and gives them back. Both throw `VaultFailure`.
 */
export interface KeyVault {
  /** Returns a data key as it may be kept. */
  wrap(place: KeyPlace, key: Uint8Array): Promise<string>
  /** Returns the data key that was wrapped for a place. */
  unwrap(place: KeyPlace, wrapped: string): Promise<Uint8Array>
  /** Whether what is wrapped is known to be wrapped as it would be now. */
  isCurrent(wrapped: string): boolean
}

/**
 * Why a vault did not give what it was asked for. `away`: it could not be asked or is sealed, and the same may be asked again.
 * `forbidden`: it does not let us. `unknown_key`: what a key was wrapped with is not there. `not_ours`: the wrapped key was changed,
 * or belongs to another place. `malformed`: what came back is no answer.
 */
export type VaultWhy = 'away' | 'forbidden' | 'unknown_key' | 'not_ours' | 'malformed'

/** A vault did not give what it was asked for. The message is for operators and holds no key. */
export class VaultFailure extends Error {
  override readonly name = 'VaultFailure'
  readonly why: VaultWhy

  constructor(why: VaultWhy, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}

/** Returns the text that binds a wrapped key to its place. */
export const placeText = ({ tenant, generation }: KeyPlace): string => `floe/data-key/${tenant}/${generation}`
