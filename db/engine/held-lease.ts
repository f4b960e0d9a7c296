import { LEASE_MS, type Lease } from '../../core/write/lease.ts'
import type { LogPosition } from '../../core/write/log-position.ts'

/** Age in milliseconds from which a valid lease is renewed after the answer. */
const RENEW_MS = LEASE_MS / 2
/** Milliseconds after which a renewal without an answer is tried again. */
const LOST_MS = 250

/**
 * The lease that an isolate holds from the write lane: while it lasts, no write is in the lane's journal alone.
 *
 * Both a timer and the clock end it, whichever comes first: neither a clock that is set back nor a late timer makes it longer.
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
   * Returns the time up to which a copy at `mark` is known to have had everything acknowledged: when the lease was asked for,
   * since the lease named the database's position. Undefined without a valid lease that names it.
   */
  covers({ index, term }: LogPosition): number | undefined {
    if (!this.holds() || typeof this.#granted === 'boolean') return undefined
    return term === this.#granted.term && index >= this.#granted.index ? this.#from : undefined
  }

  /** Whether it should be renewed and no renewal is under way. */
  wantsRenewal(): boolean {
    if (this.#age() < RENEW_MS) return false
    const now = this.#clock()
    const since = this.#renewing === undefined ? LOST_MS : now - this.#renewing
    if (since >= 0 && since < LOST_MS) return false
    this.#renewing = now
    return true
  }

  /** Asks for a lease, counted from before the call. Returns whether it was granted; errors of the lane are thrown. */
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
    // Of two concurrent requests, only the later one may set the lease.
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
