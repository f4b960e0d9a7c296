import { CompactSign, calculateJwkThumbprint } from 'jose'
import { concatBytes } from '../../core/bytes.ts'
import type { KeyringEntry } from '../../core/keys.ts'

/** A public key of the JWKS (RFC 8037 §2). */
export interface PublicJwk {
  kty: 'OKP'
  crv: 'Ed25519'
  x: string
  kid: string
  alg: 'EdDSA'
  use: 'sig'
}

/** PKCS #8 header before the 32 bytes of an Ed25519 private key (RFC 8410 §7). */
const PKCS8_HEAD = [
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]

/** The `typ` of a receipt, so that no other signed text is accepted as one (RFC 8725 §3.11). */
export const RECEIPT_TYPE = 'consent-receipt+jws'

/** Signing keys of consent receipts: the first of the secret signs, all are published. */
export class ReceiptKeys {
  readonly #entries: KeyringEntry[]

  constructor(entries: KeyringEntry[]) {
    this.#entries = entries
  }

  /** Returns a receipt as a compact JWS, EdDSA (RFC 7515 §7.1, RFC 8037). */
  async sign(receipt: object): Promise<string> {
    const key = await privateKey(this.#entries[0]!.key)
    return new CompactSign(new TextEncoder().encode(JSON.stringify(receipt)))
      .setProtectedHeader({ alg: 'EdDSA', kid: await kidOf(await publicPart(key)), typ: RECEIPT_TYPE })
      .sign(key)
  }

  /** Returns every public key (RFC 7517 §5), also under the name by which receipts were signed before names differed between installations. */
  async jwks(): Promise<{ keys: PublicJwk[] }> {
    const keys = await Promise.all(
      this.#entries.map(async ({ id, key }): Promise<PublicJwk[]> => {
        const jwk = await publicPart(await privateKey(key))
        const published = (kid: string): PublicJwk => ({ ...jwk, kid, alg: 'EdDSA', use: 'sig' })
        return [published(await kidOf(jwk)), published(`receipt-${id}`)]
      }),
    )
    return { keys: keys.flat() }
  }
}

type PublicPart = Pick<PublicJwk, 'kty' | 'crv' | 'x'>

async function publicPart(key: CryptoKey): Promise<PublicPart> {
  const { x } = (await crypto.subtle.exportKey('jwk', key)) as JsonWebKey
  return { kty: 'OKP', crv: 'Ed25519', x: x! }
}

/** Returns the name of a key, which no other installation's has: its thumbprint (RFC 7638). */
const kidOf = (jwk: PublicPart): Promise<string> => calculateJwkThumbprint(jwk)

function privateKey(seed: Uint8Array): Promise<CryptoKey> {
  const pkcs8 = concatBytes([PKCS8_HEAD, seed])
  return crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
}
