import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'
import { type EndpointState, endpointStateOf } from '../../core/codes/webhook.ts'
import type { Endpoint } from '../../db/webhook-endpoint.ts'

/** How long the old secret signs too after a rotation, unless the sender says otherwise. */
export const KEEP_OLD_HOURS = 24

const ID_BYTES = 12

/** Makes the id of a new endpoint. */
export const newEndpointId = (): Uint8Array => crypto.getRandomValues(new Uint8Array(ID_BYTES))

/** Returns the public id of an endpoint. */
export const endpointName = (id: Uint8Array): string => `whk_${toBase64Url(id)}`

/** Returns the id behind a public one, or one that nothing has. */
export function endpointId(name: string): Uint8Array {
  const id = name.startsWith('whk_') ? fromBase64Url(name.slice(4)) : undefined
  return id?.length === ID_BYTES ? id : new Uint8Array()
}

/** An endpoint as its sender sees it. */
export interface EndpointView {
  id: string
  url: string
  description: string
  types: string[]
  state: EndpointState
  createdAt: string
  /** Since when no delivery has succeeded, where the last one failed. */
  failingSince?: string
  /** Until when the secret before the last rotation signs too. */
  oldSecretUntil?: string
}

/** Returns an endpoint as its sender sees it. */
export function endpointView(endpoint: Endpoint, now: number): EndpointView {
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
