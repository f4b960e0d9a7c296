/** Failures in a row that open the breaker. */
const FAILURES_MAX = 3
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8000

/** State of a breaker. `half-open`: one caller is let through, to test whether the endpoint is back. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Remembers recent failures of an endpoint, so that not every caller waits for one that does not answer. */
export class Breaker {
  #failures = 0
  #openedAt = 0
  #probing = false

  /** Whether to ask the endpoint now. After `true` the caller reports the outcome. */
  admits(now: number): boolean {
    const state = this.state(now)
    if (state === 'open') return false
    if (state === 'half-open') this.#probing = true
    return true
  }

  /** Records that the endpoint answered. */
  succeeded(): void {
    this.#failures = 0
    this.#probing = false
  }

  /** Records that the endpoint did not answer. */
  failed(now: number): void {
    this.#failures++
    this.#openedAt = now
    this.#probing = false
  }

  /** Returns the state at a time. A clock that was set back does not keep the breaker open longer. */
  state(now: number): BreakerState {
    if (this.#failures < FAILURES_MAX) return 'closed'
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - FAILURES_MAX))
    const waited = now - this.#openedAt
    if (waited >= 0 && waited < pause) return 'open'
    return this.#probing && waited >= 0 && waited < pause + LONGEST_PAUSE_MS ? 'open' : 'half-open'
  }
}
