import { Fault } from '../../core/fault.ts'
import type { Freshness } from './query.ts'

/** Most concurrent reads of an isolate for senders, so that a slow database does not pile up requests until the isolate dies. */
const SENDERS_MAX = 192
/**
 * A tenant may have at most this many times the free reads: 128 while it is alone, 76 each of two; some are always left for the
 * next tenant.
 */
const OVER_FREE = 2
/**
 * Most concurrent reads for recipients, the scheduled jobs and callers without a key; senders take none of them. `may-lag` reads
 * precede an unsubscribe, so they are let through when pages no longer are.
 */
const OTHERS_MAX: Record<Freshness, number> = { fresh: 128, 'may-lag': 256 }

/** Shares concurrent reads among tenants, and between senders and everybody else; an isolate's unless other numbers are given. */
export class ReadShare {
  readonly #sendersMax: number
  readonly #othersMax: Record<Freshness, number>
  #others = 0
  #senders = 0
  readonly #byTenant = new Map<number, number>()

  constructor(sendersMax = SENDERS_MAX, othersMax = OTHERS_MAX) {
    this.#sendersMax = sendersMax
    this.#othersMax = othersMax
  }

  /** Runs a read for a tenant's sender, or for no tenant (undefined). Throws `overloaded` at once where their share is taken. */
  async within<T>(tenant: number | undefined, freshness: Freshness, read: () => Promise<T>): Promise<T> {
    if (tenant === undefined) {
      if (this.#others >= this.#othersMax[freshness]) throw new Fault({ code: 'overloaded' })
      this.#others++
      try {
        return await read()
      } finally {
        this.#others--
      }
    }
    const own = this.#byTenant.get(tenant) ?? 0
    if (own >= OVER_FREE * (this.#sendersMax - this.#senders)) throw new Fault({ code: 'overloaded' })
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
