import { within } from '../../core/deadline.ts'
import { Fault } from '../../core/fault.ts'

/**
 * Milliseconds in which a body must arrive; a client that trickles one would hold a connection and its memory for as long as it
 * likes.
 */
export const ARRIVAL_MS = 15_000

/** Returns what arrives within `ms`. Throws `request.too_slow`, or `request.malformed` when the sender broke off. */
export async function inArrivalTime<T>(arrival: Promise<T>, ms = ARRIVAL_MS): Promise<T> {
  const whole = arrival.catch((cause: unknown) => {
    if (cause instanceof Fault) throw cause
    throw new Fault({ code: 'request.malformed', detail: 'It broke off.' }, { cause })
  })
  return within(ms, whole, () => {
    throw new Fault({ code: 'request.too_slow' })
  })
}
