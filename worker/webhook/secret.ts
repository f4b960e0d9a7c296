import { toBase64 } from '../../core/bytes.ts'
import type { TenantCipher } from '../../core/cipher.ts'
import type { Endpoint } from '../../db/webhook-endpoint.ts'

const SECRET_BYTES = 32

/** Makes a signing secret, as Standard Webhooks writes one. */
export const newSecret = (): string =>
  `whsec_${toBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))}`

/** Returns a secret as it is kept: encrypted under the tenant's key, for this endpoint only. */
export const sealSecret = (cipher: TenantCipher, tenant: number, id: Uint8Array, secret: string) =>
  cipher.encrypt(tenant, secretContext(id), secret)

/** Returns the secrets that sign now: the endpoint's own and, for a while after a rotation, the one before. */
export async function openSecrets(cipher: TenantCipher, endpoint: Endpoint, now: number): Promise<string[]> {
  const { tenant, id, secret, oldSecret, oldSecretUntil } = endpoint
  const old = oldSecret !== null && oldSecretUntil !== null && oldSecretUntil > now ? [oldSecret] : []
  return Promise.all([secret, ...old].map(sealed => cipher.decrypt(tenant, secretContext(id), sealed)))
}

/** What else is sealed under a tenant's key is bound to a bare id, or to one with another octet behind it. */
export const secretContext = (id: Uint8Array): Uint8Array => Uint8Array.from([...id, 2])
