/** Failures in a row after which an endpoint is left alone. */
const FAILURES_MAX = 3
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8000

/** Whether an endpoint is asked. `half-open`: one caller is let through to see whether it is back. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Remembers how an endpoint has done lately, so that what does not answer is not waited for by everybody. */
export class Breaker {
  #failures = 0
  #openedAt = 0
  #probing = false

  /** Whether to ask the endpoint now. Whoever is told so says how it went. */
  admits(now: number): boolean {
    const state = this.state(now)
    if (state === 'open') return false
    if (state === 'half-open') this.#probing = true
    return true
  }

  /** The endpoint answered. */
  succeeded(): void {
    this.#failures = 0
    this.#probing = false
  }

  /** It did not. */
  failed(now: number): void {
    this.#failures++
    this.#openedAt = now
    this.#probing = false
  }

  /** How it stands. A clock that was set back keeps nothing open for longer. */
  state(now: number): BreakerState {
    if (this.#failures < FAILURES_MAX) return 'closed'
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - FAILURES_MAX))
    const waited = now - this.#openedAt
    if (waited >= 0 && waited < pause) return 'open'
    return this.#probing && waited >= 0 && waited < pause + LONGEST_PAUSE_MS ? 'open' : 'half-open'
  }
}
