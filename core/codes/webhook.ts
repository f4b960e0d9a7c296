import { nameOf } from './code.ts'

/**
 * States of a webhook endpoint, as the database holds them. `disabled`: by its sender. `failing`: days without a single success.
 * `gone`: it answered 410.
 */
export const ENDPOINT_STATES = { enabled: 1, disabled: 2, failing: 3, gone: 4 } as const

/** Name of a state. */
export type EndpointState = keyof typeof ENDPOINT_STATES

/** States of an event whose first delivery failed: it waits for another attempt, or was given up. */
export const DELIVERY_STATES = { waiting: 1, dead: 2 } as const

/** Name of a delivery's state. */
export type DeliveryState = keyof typeof DELIVERY_STATES

/** Returns the state of a stored number. Throws on a number this version does not know. */
export const endpointStateOf = nameOf(ENDPOINT_STATES, 'endpoint state')
