import { concatBytes, fromBase64Url, toBase64Url } from './bytes.ts'
import { deriveKey, type KeyringEntry } from './keys.ts'

const NONCE_BYTES = 12
const KEY_BYTES = 32

/**
 * First bytes of a text sealed under a generation of data keys; the generation's byte follows. Older texts begin with a random
 * nonce: the chance that one of 10⁹ begins like this is below 1 in 10⁷.
 */
export const SEAL_MARK: Uint8Array = new TextEncoder().encode('floe/1:')
const HEAD_BYTES = SEAL_MARK.length + 1

/** Generation of texts sealed under the secret `DATA_KEY`, before other generations existed. */
export const FORMER_GENERATION = 0
/** The newest possible generation: the highest value of its byte. */
export const LAST_GENERATION = 255

/** Source of the tenants' data keys. Both calls throw `encryption.unavailable` and `database.unavailable`. */
export interface DataKeys {
  /** Returns the key that seals a tenant's new texts. */
  newest(tenant: number): Promise<{ generation: number; key: CryptoKey }>
  /** Returns the key of one generation. */
  find(tenant: number, generation: number): Promise<CryptoKey>
}

/**
 * Encrypts and decrypts the contents of a tenant's rows, AES-256-GCM under the tenant's data key (NIST SP 800-38D). The context,
 * such as the address id of a row, is the associated data: a ciphertext moved to another row does not open.
 */
export class TenantCipher {
  readonly #keys: DataKeys

  constructor(keys: DataKeys) {
    this.#keys = keys
  }

  /** Returns generation, nonce and ciphertext of a text. Throws `encryption.unavailable`, `database.unavailable`. */
  async encrypt(tenant: number, context: Uint8Array, plain: string): Promise<Uint8Array> {
    const { generation, key } = await this.#keys.newest(tenant)
    const sealed = await encrypt(key, context, plain)
    return generation === FORMER_GENERATION ? sealed : concatBytes([SEAL_MARK, [generation], sealed])
  }

  /**
   * Returns the text. Throws when key, context or ciphertext do not match; `encryption.unavailable` and `database.unavailable`
   * when the key cannot be had.
   */
  async decrypt(tenant: number, context: Uint8Array, sealed: Uint8Array): Promise<string> {
    const generation = generationOf(sealed)
    const key = await this.#keys.find(tenant, generation)
    return decrypt(key, context, generation === FORMER_GENERATION ? sealed : sealed.subarray(HEAD_BYTES))
  }
}

/** Returns the generation of the data key that a text was sealed under. */
export const generationOf = (sealed: Uint8Array): number =>
  sealed.length > SEAL_MARK.length && SEAL_MARK.every((byte, i) => sealed[i] === byte)
    ? sealed[SEAL_MARK.length]!
    : FORMER_GENERATION

/** Returns a tenant's key derived from the secret `DATA_KEY`. */
export const formerKey = (secret: Uint8Array, tenant: number): Promise<CryptoKey> =>
  importKey(deriveKey(secret, `data/tenant/${tenant}`))

/**
 * Encrypts and decrypts cursors and remembered answers, which leave the database and soon come back. Its keys derive from the
 * signing keys, so none has to be fetched. The first key seals and all open; so does the secret `DATA_KEY`, since readers of the
 * ledger still hold cursors that it sealed.
 */
export class RingCipher {
  readonly #secrets: Uint8Array[]
  readonly #former: Uint8Array | undefined

  constructor(ring: readonly KeyringEntry[], former: Uint8Array | undefined) {
    this.#secrets = ring.map(({ key }) => key)
    this.#former = former
  }

  /** Returns nonce and ciphertext of a text. */
  async encrypt(tenant: number, context: Uint8Array, plain: string): Promise<Uint8Array> {
    return encrypt(await ringKey(this.#secrets[0]!, tenant), context, plain)
  }

  /** Returns the text. Throws when no key of the ring sealed it for this tenant and context. */
  async decrypt(tenant: number, context: Uint8Array, sealed: Uint8Array): Promise<string> {
    const keys = this.#secrets.map(secret => () => ringKey(secret, tenant))
    const former = this.#former
    if (former) keys.push(() => formerKey(former, tenant))
    let failure: unknown
    for (const key of keys) {
      try {
        return await decrypt(await key(), context, sealed)
      } catch (error) {
        failure = error
      }
    }
    throw failure
  }
}

const ringKey = (secret: Uint8Array, tenant: number): Promise<CryptoKey> =>
  importKey(deriveKey(secret, `passing/tenant/${tenant}`))

/** Encrypts and decrypts the evidence of one recipient under the recipient's own key, which can be destroyed. */
export class RecipientCipher {
  readonly #raw: Uint8Array<ArrayBuffer>

  private constructor(raw: Uint8Array<ArrayBuffer>) {
    this.#raw = raw
  }

  /** Makes a recipient's first key. */
  static make(): RecipientCipher {
    return new RecipientCipher(newKey())
  }

  /** Returns the cipher of a key given as text. */
  static from(text: string): RecipientCipher {
    return new RecipientCipher(fromBase64Url(text)!)
  }

  /** Opens a recipient's key as it is stored. Throws when it is another recipient's. */
  static async open(cipher: TenantCipher, tenant: number, addressId: Uint8Array, wrapped: Uint8Array) {
    return RecipientCipher.from(await cipher.decrypt(tenant, recipientKeyContext(addressId), wrapped))
  }

  /** Returns the key as it is stored: encrypted under the tenant's. */
  wrap(cipher: TenantCipher, tenant: number, addressId: Uint8Array): Promise<Uint8Array> {
    return cipher.encrypt(tenant, recipientKeyContext(addressId), this.text())
  }

  /** Returns the key as text, only to be encrypted. */
  text(): string {
    return toBase64Url(this.#raw)
  }

  /** Encrypts the evidence of an event and binds it to the event's id. */
  async seal(eventId: Uint8Array, evidence: object): Promise<Uint8Array> {
    return encrypt(await importKey(this.#raw), eventId, JSON.stringify(evidence))
  }

  /** Returns the evidence of an event. Throws when it is another event's. */
  async unseal(eventId: Uint8Array, sealed: Uint8Array): Promise<Record<string, unknown>> {
    return JSON.parse(await decrypt(await importKey(this.#raw), eventId, sealed)) as Record<string, unknown>
  }
}

/**
 * Context of a recipient's key. An address row is bound to the bare id; with the same context, a key moved there would be shown
 * as an address.
 */
export const recipientKeyContext = (addressId: Uint8Array): Uint8Array => concatBytes([addressId, [1]])

/** Makes the 32 bytes of a new key. */
export const newKey = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(KEY_BYTES))

/** Imports the 32 bytes of a key for AES-256-GCM; they cannot be exported again. */
export const importKey = (raw: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw as Uint8Array<ArrayBuffer>, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** Returns nonce and ciphertext of a text, AES-256-GCM, with its context as associated data. */
export async function encrypt(key: CryptoKey, context: Uint8Array, plain: string): Promise<Uint8Array> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const params = { name: 'AES-GCM', iv, additionalData: context }
  const text = await crypto.subtle.encrypt(params, key, new TextEncoder().encode(plain))
  return concatBytes([iv, new Uint8Array(text)])
}

/** Returns the text that `encrypt` was given. Throws when key, context or ciphertext do not match. */
export async function decrypt(key: CryptoKey, context: Uint8Array, sealed: Uint8Array): Promise<string> {
  const params = { name: 'AES-GCM', iv: sealed.subarray(0, NONCE_BYTES), additionalData: context }
  return new TextDecoder().decode(await crypto.subtle.decrypt(params, key, sealed.slice(NONCE_BYTES)))
}
