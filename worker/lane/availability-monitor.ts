import type { Availability } from '../../core/write/lane-status.ts'
import { COOL_DOWN_MS, LEASES_OVER_MS } from '../../core/write/lease.ts'

/** How long a commit may take before it is in doubt: with the leases' end, an act is answered after 2 s of its client's 5. */
export const SUSPECT_AFTER_MS = 750

/**
 * How long the lane waits for the database, and what follows. By timers alone: whatever the clock says, a second is a second.
 *
 * A new one remembers no lease that its predecessor granted, so it grants none and answers nothing from the journal as if it had
 * just begun to doubt.
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

  /** Whether nothing stands in the way of a lease. */
  get grants(): boolean {
    return this.#state === 'up' && this.#coolingDown === undefined
  }

  /** Somebody waits for the database. */
  watch(): void {
    if (this.#state === 'up') this.#timer ??= setTimeout(() => this.suspect(), SUSPECT_AFTER_MS)
  }

  /** The database may not have what was taken. */
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

  /** The database has answered, and nothing that was answered from the journal waits for it. */
  recover(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#state = 'up'
  }

  /** The last act that was answered from the journal has reached the database. */
  coolDown(): void {
    clearTimeout(this.#coolingDown)
    this.#coolingDown = setTimeout(() => {
      this.#coolingDown = undefined
    }, COOL_DOWN_MS)
  }
}
