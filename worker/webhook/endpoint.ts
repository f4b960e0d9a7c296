import { concatBytes, fromBase64Url, toBase64, toBase64Url } from '../../core/bytes.ts'
import type { TenantCipher } from '../../core/cipher.ts'
import { timestamp } from '../../core/clock.ts'
import { endpointStateOf } from '../../core/codes/webhook.ts'
import type { EventType, LedgerEvent } from '../../core/event.ts'
import type { WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import type { CallContext } from '../call/context.ts'
import type { EndpointView } from './api.ts'

const ID_BYTES = 12

export const newEndpointId = (): Uint8Array => crypto.getRandomValues(new Uint8Array(ID_BYTES))

/** Returns the public id of an endpoint. */
export const endpointName = (id: Uint8Array): string => `whk_${toBase64Url(id)}`

/** Returns the id in a public one, or an empty id, which no endpoint has. */
export function endpointId(name: string): Uint8Array {
  const id = name.startsWith('whk_') ? fromBase64Url(name.slice(4)) : undefined
  return id?.length === ID_BYTES ? id : new Uint8Array()
}

export function endpointView(endpoint: WebhookEndpoint, now: number): EndpointView {
  const { id, url, description, types, state, createdAt, failingSince, oldSecretUntil } = endpoint
  return {
    id: endpointName(id),
    url,
    description,
    types,
    state: endpointStateOf(state),
    createdAt: timestamp(createdAt),
    ...(failingSince !== null && { failingSince: timestamp(failingSince) }),
    ...(oldSecretUntil !== null && oldSecretUntil > now && { oldSecretUntil: timestamp(oldSecretUntil) }),
  }
}

const SECRET_BYTES = 32

/** Returns a new signing secret in the notation of Standard Webhooks. */
export const newSecret = (): string =>
  `whsec_${toBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))}`

/** Encrypts a secret under the tenant's key, bound to its endpoint. */
export const sealSecret = (cipher: TenantCipher, tenant: number, id: Uint8Array, secret: string) =>
  cipher.encrypt(tenant, secretContext(id), secret)

/** Returns the secrets that sign now: the endpoint's own and, for a while after a rotation, the former one. */
export async function openSecrets(
  cipher: TenantCipher,
  endpoint: WebhookEndpoint,
  now: number,
): Promise<string[]> {
  const { tenant, id, secret, oldSecret, oldSecretUntil } = endpoint
  const old = oldSecret !== null && oldSecretUntil !== null && oldSecretUntil > now ? [oldSecret] : []
  return Promise.all([secret, ...old].map(sealed => cipher.decrypt(tenant, secretContext(id), sealed)))
}

/**
 * The suffix keeps the context apart from those of other texts under the tenant's key: a bare id, or an id with another byte.
 */
export const secretContext = (id: Uint8Array): Uint8Array => concatBytes([id, [2]])

/** Returns the event of its caller's change to an endpoint. It names only the host of the URL, whose rest may hold a secret. */
export const senderEvent = (
  ctx: CallContext,
  { id, url }: { id: Uint8Array; url: string },
  type: EventType,
  { at, data }: Pick<LedgerEvent, 'at' | 'data'>,
): LedgerEvent =>
  ctx.event(type, { at, subject: endpointName(id), data: { ...data, host: new URL(url).host } })
