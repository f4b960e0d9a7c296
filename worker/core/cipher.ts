import { fromBase64Url, toBase64Url } from './bytes.ts'
import { deriveKey } from './keys.ts'

const NONCE_BYTES = 12
const KEY_BYTES = 32

/**
 * Encrypts and decrypts what a tenant's rows and cursors hold, AES-256-GCM under a key per tenant (NIST SP 800-38D).
 * The context, such as the address id of a row, is bound in as associated data: a ciphertext moved elsewhere does not open.
 */
export class TenantCipher {
  readonly #secret: Uint8Array

  constructor(dataKey: Uint8Array) {
    this.#secret = dataKey
  }

  /** Returns nonce and ciphertext of a text. */
  async encrypt(tenant: number, context: Uint8Array, plain: string): Promise<Uint8Array> {
    return encrypt(await this.#key(tenant), context, plain)
  }

  /** Returns the text; throws when key, context or ciphertext are not those it was encrypted with. */
  async decrypt(tenant: number, context: Uint8Array, sealed: Uint8Array): Promise<string> {
    return decrypt(await this.#key(tenant), context, sealed)
  }

  #key(tenant: number): Promise<CryptoKey> {
    return importKey(deriveKey(this.#secret, `data/tenant/${tenant}`))
  }
}

/** Encrypts and decrypts the evidence of one recipient under a key of their own, which can be destroyed. */
export class RecipientCipher {
  readonly #raw: Uint8Array<ArrayBuffer>

  private constructor(raw: Uint8Array<ArrayBuffer>) {
    this.#raw = raw
  }

  /** Makes a recipient's first key. */
  static make(): RecipientCipher {
    return new RecipientCipher(crypto.getRandomValues(new Uint8Array(KEY_BYTES)))
  }

  /** Returns the key that `text` gives. */
  static from(text: string): RecipientCipher {
    return new RecipientCipher(fromBase64Url(text)!)
  }

  /** Opens a recipient's key as it is kept; throws when it is not theirs. */
  static async open(cipher: TenantCipher, tenant: number, addressId: Uint8Array, wrapped: Uint8Array) {
    return RecipientCipher.from(await cipher.decrypt(tenant, keyContext(addressId), wrapped))
  }

  /** Returns the key as it is kept: encrypted under the tenant's. */
  wrap(cipher: TenantCipher, tenant: number, addressId: Uint8Array): Promise<Uint8Array> {
    return cipher.encrypt(tenant, keyContext(addressId), this.text())
  }

  /** Returns the key as text, to be encrypted and nothing else. */
  text(): string {
    return toBase64Url(this.#raw)
  }

  /** Encrypts the evidence of one event, bound to it. */
  async seal(eventId: Uint8Array, evidence: object): Promise<Uint8Array> {
    return encrypt(await importKey(this.#raw), eventId, JSON.stringify(evidence))
  }

  /** Returns the evidence of an event; throws when it is another's. */
  async unseal(eventId: Uint8Array, sealed: Uint8Array): Promise<Record<string, unknown>> {
    return JSON.parse(await decrypt(await importKey(this.#raw), eventId, sealed)) as Record<string, unknown>
  }
}

/** An address row is bound to the bare id: a key that was moved there would otherwise be shown as an address. */
function keyContext(addressId: Uint8Array): Uint8Array {
  const context = new Uint8Array(addressId.length + 1)
  context.set(addressId)
  context[addressId.length] = 1
  return context
}

const importKey = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

async function encrypt(key: CryptoKey, context: Uint8Array, plain: string): Promise<Uint8Array> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const params = { name: 'AES-GCM', iv, additionalData: context }
  const text = await crypto.subtle.encrypt(params, key, new TextEncoder().encode(plain))
  const sealed = new Uint8Array(NONCE_BYTES + text.byteLength)
  sealed.set(iv)
  sealed.set(new Uint8Array(text), NONCE_BYTES)
  return sealed
}

async function decrypt(key: CryptoKey, context: Uint8Array, sealed: Uint8Array): Promise<string> {
  const params = { name: 'AES-GCM', iv: sealed.subarray(0, NONCE_BYTES), additionalData: context }
  return new TextDecoder().decode(await crypto.subtle.decrypt(params, key, sealed.slice(NONCE_BYTES)))
}
