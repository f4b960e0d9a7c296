import { Fault } from '../../core/fault.ts'

/** Allowance of a key or a network: units in each period. */
export interface RatePolicy {
  units: number
  periodSeconds: 60
}

/** Units left, and seconds until all of them are back. */
export interface Allowance {
  remaining: number
  resetSeconds: number
}

/** Addresses per unit: a call with ten thousand costs ten times one with a single address. */
const ADDRESSES_PER_UNIT = 1000
/** Bytes per unit: the limit of a call without a list. */
const BYTES_PER_UNIT = 64 * 1024

/** Returns the units of a call, by its addresses or its bytes, whichever gives more. */
export const unitsFor = (addresses: number, bytes = 0): number =>
  Math.max(1, Math.ceil(addresses / ADDRESSES_PER_UNIT), Math.ceil(bytes / BYTES_PER_UNIT))

/** Most callers that an isolate counts in a period, since networks are free to get. Beyond it all counts restart. */
const CALLERS_MAX = 100_000

/**
 * Counts the units that each key or network spends. An isolate counts for itself, and the headers show its count; the platform's
 * counter, where configured, counts for all isolates of a location and can refuse as well.
 */
export class RateLimits {
  readonly #policy: RatePolicy
  readonly #shared: RateLimit | undefined
  readonly #spent = new Map<string, number>()
  #period = 0

  constructor(policy: RatePolicy, shared: RateLimit | undefined) {
    this.#policy = policy
    this.#shared = shared
  }

  /** Takes units from an allowance and returns what is left. Throws `rate.limited`. */
  async spend(key: string, units: number, now: number): Promise<Allowance> {
    const { periodSeconds, units: most } = this.#policy
    const spent = this.spent(key, now) + units
    const resetSeconds = periodSeconds - (Math.floor(now / 1000) % periodSeconds)
    const within = spent <= most && (await this.#spendShared(key, units))
    this.#spent.set(key, within ? spent : most)
    if (!within) throw new Fault({ code: 'rate.limited', retryAfterSeconds: resetSeconds })
    return { remaining: most - spent, resetSeconds }
  }

  /** Returns the units spent in this period. */
  spent(key: string, now: number): number {
    const period = Math.floor(now / 1000 / this.#policy.periodSeconds)
    if (period !== this.#period || this.#spent.size >= CALLERS_MAX) {
      this.#period = period
      this.#spent.clear()
    }
    return this.#spent.get(key) ?? 0
  }

  /** Counts what the other Worker knows to be spent, where that is more. */
  learn(key: string, spent: number, now: number): void {
    if (spent > this.spent(key, now)) this.#spent.set(key, spent)
  }

  /** The platform's counter takes no weight, so it is asked once per unit. */
  async #spendShared(key: string, units: number): Promise<boolean> {
    if (!this.#shared) return true
    const shared = this.#shared
    const answers = await Promise.all(Array.from({ length: units }, () => shared.limit({ key })))
    return answers.every(({ success }) => success)
  }
}

/**
 * Returns the header fields of a policy and, once the caller is known, of its allowance (draft-ietf-httpapi-ratelimit-headers).
 */
export function rateHeaders(policy: RatePolicy, allowance?: Allowance): Record<string, string> {
  return {
    'ratelimit-policy': `"key";q=${policy.units};w=${policy.periodSeconds}`,
    ...(allowance && { ratelimit: `"key";r=${allowance.remaining};t=${allowance.resetSeconds}` }),
  }
}
