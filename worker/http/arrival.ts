import { within } from '../../core/deadline.ts'
import { Fault } from '../../core/fault.ts'

/** How long a body may take. Whoever trickles one would otherwise hold a connection and its memory for as long as they like. */
export const ARRIVAL_MS = 15_000

/** Returns what arrives within `ms`. Throws `request.too_slow`, and `request.malformed` where the sender broke off. */
export async function inArrivalTime<T>(arrival: Promise<T>, ms = ARRIVAL_MS): Promise<T> {
  const whole = arrival.catch((cause: unknown) => {
    if (cause instanceof Fault) throw cause
    throw new Fault({ code: 'request.malformed', detail: 'It broke off.' }, { cause })
  })
  return within(ms, whole, () => {
    throw new Fault({ code: 'request.too_slow' })
  })
}
