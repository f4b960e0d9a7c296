import { systemClock } from '../../core/clock.ts'

/** A clock set back by less than this is ignored. */
const CLOCK_BACK_MS = 1000

/**
 * Returns what an object calls with each request: it restarts the object when the clock was set back, since the runtime's timers
 * follow the clock and would be late by as much. What is stored stays, and waiting callers learn that the outcome is unknown.
 */
export function steadyClock(state: DurableObjectState): () => void {
  let seen = 0
  return () => {
    const now = systemClock()
    if (now < seen - CLOCK_BACK_MS) state.abort('the clock was set back')
    seen = now
  }
}
