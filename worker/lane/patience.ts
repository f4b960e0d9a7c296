import type { Mood } from '../../core/write/lane-status.ts'
import { LEASES_OVER_MS, LINGER_MS } from '../../core/write/lease.ts'

/** How long a commit may take before it is in doubt: with the leases' end, an act is answered after 2 s of its client's 5. */
export const DOUBT_MS = 750

/**
 * How long the lane waits for the database, and what follows. By timers alone: whatever the clock says, a second is a second.
 *
 * A new one remembers no lease that its predecessor granted, so it grants none and answers nothing from the journal as if it had
 * just begun to doubt.
 */
export class Patience {
  #mood: Mood = 'clear'
  #timer: ReturnType<typeof setTimeout> | undefined
  #lingering: ReturnType<typeof setTimeout> | undefined
  readonly #onJournal: () => void

  constructor(onJournal: () => void) {
    this.#onJournal = onJournal
    this.linger()
  }

  get mood(): Mood {
    return this.#mood
  }

  /** Whether nothing stands in the way of a lease. */
  get grants(): boolean {
    return this.#mood === 'clear' && this.#lingering === undefined
  }

  /** Somebody waits for the database. */
  wait(): void {
    if (this.#mood === 'clear') this.#timer ??= setTimeout(() => this.doubt(), DOUBT_MS)
  }

  /** The database may not have what was taken. */
  doubt(): void {
    if (this.#mood !== 'clear') return
    clearTimeout(this.#timer)
    this.#mood = 'doubt'
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#mood = 'journal'
      this.#onJournal()
    }, LEASES_OVER_MS)
  }

  /** The database has answered, and nothing that was answered from the journal waits for it. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#mood = 'clear'
  }

  /** The last act that was answered from the journal has reached the database. */
  linger(): void {
    clearTimeout(this.#lingering)
    this.#lingering = setTimeout(() => {
      this.#lingering = undefined
    }, LINGER_MS)
  }
}
