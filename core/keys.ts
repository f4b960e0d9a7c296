import { AddressIndex } from './address.ts'
import { concatBytes, fromBase64Url } from './bytes.ts'
import { HmacSha256 } from './sha256.ts'

/** Uses of a signed text. Each purpose signs with its own key, so that a text of one works for no other. */
export type TokenPurpose =
  | 'unsubscribe'
  | 'preferences'
  | 'undo'
  | 'outcome'
  | 'confirm'
  | 'receipt'
  | 'access'
  | 'correction'
  | 'preview'
  | 'form'
  | 'feedback'
  | 'inbound'
  | 'api_key'

/** One entry of a keyring secret. */
export interface KeyringEntry {
  id: number
  key: Uint8Array
}

/** Signing keys by key id. The first in the secret signs, all verify. */
export interface Keyring {
  signingKeyId: number
  /** Returns the code of a purpose under a key; undefined for a key that is not in the ring. */
  mac(keyId: number, purpose: TokenPurpose): HmacSha256 | undefined
}

const KEY_BYTES = 32
const MAX_KEY_ID = 31

/**
 * Derives 32 bytes from a secret for one named use: HKDF-SHA-256 with no salt (RFC 5869).
 *
 * It takes no promise, so that an isolate's dependencies exist before its first request and no request waits for another.
 */
export function deriveKey(secret: Uint8Array, use: string): Uint8Array<ArrayBuffer> {
  const info = new TextEncoder().encode(`floe/v1/${use}`)
  return new HmacSha256(new HmacSha256(new Uint8Array(32)).digest(secret)).digest(concatBytes([info, [1]]))
}

/** Decodes a 32-byte key from base64url, or returns undefined. */
export function parseKey(text: string): Uint8Array | undefined {
  const key = fromBase64Url(text)
  return key?.length === KEY_BYTES ? key : undefined
}

/**
 * Parses the text of a keyring secret, `id:key[,id:key…]` with ids 0 to 31 and keys of 32 bytes in base64url. Returns undefined
 * when any part is malformed or an id occurs twice.
 */
export function parseKeyring(text: string): KeyringEntry[] | undefined {
  const entries: KeyringEntry[] = []
  for (const part of text.split(',')) {
    const [, id, encoded = ''] = /^\s*(\d{1,2}):([\w-]+)\s*$/.exec(part) ?? []
    const key = parseKey(encoded)
    if (id === undefined || Number(id) > MAX_KEY_ID || key === undefined) return undefined
    if (entries.some(entry => entry.id === Number(id))) return undefined
    entries.push({ id: Number(id), key })
  }
  return entries
}

/** Opens a keyring. The key of a purpose is derived at first use: all of them at once take ten milliseconds of a new isolate. */
export function openKeyring(entries: KeyringEntry[]): Keyring {
  const keys = new Map(
    entries.map(({ id, key }) => [id, { key, macs: {} as Partial<Record<TokenPurpose, HmacSha256>> }]),
  )
  return {
    signingKeyId: entries[0]!.id,
    mac(keyId, purpose) {
      const own = keys.get(keyId)
      if (own) own.macs[purpose] ??= new HmacSha256(deriveKey(own.key, `token/${purpose}`))
      return own?.macs[purpose]
    },
  }
}

/** Address indexes of the platform and of each tenant, derived at first use. */
export class AddressIndexes {
  readonly #secret: Uint8Array
  #platform: AddressIndex | undefined
  readonly #tenants = new Map<number, AddressIndex>()

  constructor(secret: Uint8Array) {
    this.#secret = secret
  }

  /** Index of the platform's own list. */
  get platform(): AddressIndex {
    this.#platform ??= new AddressIndex(deriveKey(this.#secret, 'index/platform'))
    return this.#platform
  }

  /** Returns a tenant's index. Numbers come only from signed texts, so callers cannot flood the map. */
  tenant(number: number): AddressIndex {
    let index = this.#tenants.get(number)
    if (!index) {
      index = new AddressIndex(deriveKey(this.#secret, `index/tenant/${number}`))
      this.#tenants.set(number, index)
    }
    return index
  }
}
