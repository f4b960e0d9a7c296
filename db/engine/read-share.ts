import { Fault } from '../../core/fault.ts'
import type { Freshness } from './query.ts'

/** Reads that an isolate has on their way for senders at most, so that a slow database does not pile up requests until it dies. */
const SENDERS_MAX = 192
/** A tenant may have twice as many of them as are free: 128 while it is alone, 76 of two, and always some for the next that comes. */
const OVER_FREE = 2
/**
 * The same for recipients, Floe's own schedule and whoever has no key: senders take nothing from it. Reads that may lag stand before an
 * unsubscribe, and are let through when pages are not any more.
 */
const OTHERS_MAX: Record<Freshness, number> = { fresh: 128, 'may-lag': 256 }

/** Shares the reads that an isolate may have on their way: among tenants, and between senders and recipients. */
export class ReadShare {
  #others = 0
  #senders = 0
  readonly #byTenant = new Map<number, number>()

  /** Runs a read for a tenant's sender, or for nobody's (undefined). Throws `overloaded` at once where their share is taken. */
  async within<T>(tenant: number | undefined, freshness: Freshness, read: () => Promise<T>): Promise<T> {
    if (tenant === undefined) {
      if (this.#others >= OTHERS_MAX[freshness]) throw new Fault({ code: 'overloaded' })
      this.#others++
      try {
        return await read()
      } finally {
        this.#others--
      }
    }
    const own = this.#byTenant.get(tenant) ?? 0
    if (own >= OVER_FREE * (SENDERS_MAX - this.#senders)) throw new Fault({ code: 'overloaded' })
    this.#senders++
    this.#byTenant.set(tenant, own + 1)
    try {
      return await read()
    } finally {
      this.#senders--
      const left = this.#byTenant.get(tenant)! - 1
      if (left === 0) this.#byTenant.delete(tenant)
      else this.#byTenant.set(tenant, left)
    }
  }
}
