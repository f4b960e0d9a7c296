import type { Availability } from '../../core/write/lane-status.ts'
import { COOL_DOWN_MS, LEASES_OVER_MS } from '../../core/write/lease.ts'

/**
 * Milliseconds that a commit may take before the database is suspect. Leases end 1.25 s later, so a click is answered 2 s after
 * it came, or 2.75 s where it was held while the database caught up; a mail client waits 5 s.
 */
export const SUSPECT_AFTER_MS = 750

/**
 * Decides whether leases are granted and writes are acknowledged from the journal, by the time the database has not answered. It
 * uses timers and not the clock, which may be set.
 *
 * A new monitor does not know which leases the one before it granted, so it grants none for a cool-down, until they have ended.
 */
export class AvailabilityMonitor {
  #state: Availability = 'up'
  #timer: ReturnType<typeof setTimeout> | undefined
  #coolingDown: ReturnType<typeof setTimeout> | undefined
  readonly #onJournal: () => void

  constructor(onJournal: () => void) {
    this.#onJournal = onJournal
    this.coolDown()
  }

  get state(): Availability {
    return this.#state
  }

  /** Whether a lease may be granted. */
  get grants(): boolean {
    return this.#state === 'up' && this.#coolingDown === undefined
  }

  /** Starts the timer after which the database is suspect; called whenever a write waits for it. */
  watch(): void {
    if (this.#state === 'up') this.#timer ??= setTimeout(() => this.suspect(), SUSPECT_AFTER_MS)
  }

  /** Stops leases; once those already granted have ended, writes are acknowledged from the journal. */
  suspect(): void {
    if (this.#state !== 'up') return
    clearTimeout(this.#timer)
    this.#state = 'suspect'
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#state = 'degraded'
      this.#onJournal()
    }, LEASES_OVER_MS)
  }

  /** Grants leases again: the database has answered, and every write acknowledged from the journal is in it. */
  recover(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#state = 'up'
  }

  /** Withholds leases for a while after the last write acknowledged from the journal reached the database. */
  coolDown(): void {
    clearTimeout(this.#coolingDown)
    this.#coolingDown = setTimeout(() => {
      this.#coolingDown = undefined
    }, COOL_DOWN_MS)
  }
}
