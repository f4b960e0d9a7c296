import { DurableObject } from 'cloudflare:workers'

/** The class that other Workers' configurations name. */
export class IdempotencyRecord extends DurableObject {}

/** A `floe-app` that fails at every request. */
export default {
  fetch(): never {
    throw new Error('broken')
  },
}
