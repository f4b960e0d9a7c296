import { fromBase64Url, toBase64Url } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'

/**
 * Whether an endpoint is delivered to, by number as the database has it: `enabled`; `disabled` by its sender; `failing`, after
 * days without a single success; `gone`, after it answered 410.
 */
export const STATES = { enabled: 1, disabled: 2, failing: 3, gone: 4 } as const
/** The name of a state. */
export type EndpointState = keyof typeof STATES

/** What becomes of an event that could not be delivered at once: it waits for another attempt, or was given up. */
export const DELIVERY_STATES = { waiting: 1, dead: 2 } as const
/** The name of a delivery's state. */
export type DeliveryState = keyof typeof DELIVERY_STATES

/** Endpoints a workspace may have. */
export const ENDPOINTS_MAX = 20
/** Events of one endpoint that may wait; when so many do, it is given no new ones before some of them went through. */
export const WAITING_MAX = 1000

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

/** An endpoint as it is kept. */
export interface Endpoint {
  id: Uint8Array
  tenant: number
  workspace: number
  url: string
  description: string
  /** Patterns of event types; empty for every kind. */
  types: string[]
  secret: Uint8Array
  oldSecret: Uint8Array | null
  oldSecretUntil: number | null
  state: number
  createdAt: number
  cursor: number
  dueAt: number
  failures: number
  failingSince: number | null
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
    state: stateName(state),
    createdAt: timestamp(createdAt),
    ...(failingSince !== null && { failingSince: timestamp(failingSince) }),
    ...(oldSecretUntil !== null && oldSecretUntil > now && { oldSecretUntil: timestamp(oldSecretUntil) }),
  }
}

/** Returns the name of a state's number. */
export const stateName = (state: number): EndpointState =>
  (Object.keys(STATES) as EndpointState[]).find(name => STATES[name] === state)!
