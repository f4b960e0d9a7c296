import { nameOf } from './code.ts'

/**
 * Whether an endpoint is delivered to, by number as the database has it: `enabled`; `disabled` by its sender; `failing`, after
 * days without a single success; `gone`, after it answered 410.
 */
export const ENDPOINT_STATES = { enabled: 1, disabled: 2, failing: 3, gone: 4 } as const

/** The name of a state. */
export type EndpointState = keyof typeof ENDPOINT_STATES

/** What becomes of an event that could not be delivered at once: it waits for another attempt, or was given up. */
export const DELIVERY_STATES = { waiting: 1, dead: 2 } as const

/** The name of a delivery's state. */
export type DeliveryState = keyof typeof DELIVERY_STATES

/** Returns the state a stored number stands for; throws on a number this version does not know. */
export const endpointStateOf = nameOf(ENDPOINT_STATES, 'endpoint state')
