import { LEASE_MS, type Lease } from '../../core/write/lease.ts'
import type { LogPosition } from '../../core/write/log-position.ts'

/** Past this, a lease that is still good is renewed behind the answer. */
const RENEW_MS = LEASE_MS / 2
/** A renewal that was not heard of for so long is tried again. */
const LOST_MS = 250

/**
 * The lease an isolate holds from the write lane: as long as it lasts, nothing is in the lane's journal alone.
 *
 * Its end is kept by a timer and by the clock, and the first of them counts: a clock that is set back does not make it longer, and
 * neither does a timer that is late.
 */
export class HeldLease {
  readonly #clock: () => number
  readonly #background: (work: Promise<unknown>) => void
  #from: number | undefined
  #granted: Lease = false
  #grant = 0
  #renewing: number | undefined

  constructor(clock: () => number, background: (work: Promise<unknown>) => void) {
    this.#clock = clock
    this.#background = background
  }

  /** Whether the lease holds. */
  holds(): boolean {
    const age = this.#age()
    return age >= 0 && age < LEASE_MS
  }

  /**
   * Returns since when a copy at `mark` is known to have had all that was acknowledged: from when the lease was asked for, which
   * said where the database stood. Undefined where no lease that holds says so much.
   */
  covers({ index, term }: LogPosition): number | undefined {
    if (!this.holds() || typeof this.#granted === 'boolean') return undefined
    return term === this.#granted.term && index >= this.#granted.index ? this.#from : undefined
  }

  /** Whether somebody should renew it, and nobody does. */
  wantsRenewal(): boolean {
    if (this.#age() < RENEW_MS) return false
    const now = this.#clock()
    const since = this.#renewing === undefined ? LOST_MS : now - this.#renewing
    if (since >= 0 && since < LOST_MS) return false
    this.#renewing = now
    return true
  }

  /** Asks for a lease, counted from before it is asked for. Returns whether it was granted; what the lane's absence throws goes on. */
  async ask(lane: { lease(): Promise<Lease> }): Promise<boolean> {
    const from = this.#clock()
    const grant = ++this.#grant
    let over = false
    const timer = new Promise<void>(resolve => {
      setTimeout(() => {
        over = true
        if (this.#grant === grant) this.#from = undefined
        resolve()
      }, LEASE_MS)
    })
    this.#background(timer)
    const granted = await lane.lease()
    // Of two that were asked for at once, the one that was asked for last and granted is the one that lasts.
    if (granted && !over && this.#grant === grant) {
      this.#from = from
      this.#granted = granted
    }
    return Boolean(granted)
  }

  #age(): number {
    return this.#from === undefined ? Number.POSITIVE_INFINITY : this.#clock() - this.#from
  }
}
