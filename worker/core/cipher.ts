import { deriveKey } from './keys.ts'

const NONCE_BYTES = 12

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
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
    const params = { name: 'AES-GCM', iv, additionalData: context }
    const text = await crypto.subtle.encrypt(params, await this.#key(tenant), new TextEncoder().encode(plain))
    const sealed = new Uint8Array(NONCE_BYTES + text.byteLength)
    sealed.set(iv)
    sealed.set(new Uint8Array(text), NONCE_BYTES)
    return sealed
  }

  /** Returns the text; throws when key, context or ciphertext are not those it was encrypted with. */
  async decrypt(tenant: number, context: Uint8Array, sealed: Uint8Array): Promise<string> {
    const params = { name: 'AES-GCM', iv: sealed.subarray(0, NONCE_BYTES), additionalData: context }
    const text = await crypto.subtle.decrypt(params, await this.#key(tenant), sealed.slice(NONCE_BYTES))
    return new TextDecoder().decode(text)
  }

  #key(tenant: number): Promise<CryptoKey> {
    const raw = deriveKey(this.#secret, `data/tenant/${tenant}`)
    return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  }
}
