import { Fault } from '../../core/fault.ts'

/** What a key, or a network, may spend: so many units in every period. */
export interface RatePolicy {
  units: number
  periodSeconds: 60
}

/** Where a key stands: units left, and seconds until it has all of them again. */
export interface Allowance {
  remaining: number
  resetSeconds: number
}

/** Addresses that one unit covers: a call with ten thousand costs ten times one with a single address. */
const ADDRESSES_PER_UNIT = 1000
/** Bytes that one unit covers: as many as a call without a list may have. */
const BYTES_PER_UNIT = 64 * 1024

/** Returns the units that a call costs, by its addresses or by its bytes, whichever are more. */
export const unitsFor = (addresses: number, bytes = 0): number =>
  Math.max(1, Math.ceil(addresses / ADDRESSES_PER_UNIT), Math.ceil(bytes / BYTES_PER_UNIT))

/** Callers an isolate counts in a period, at the most: networks cost nothing to have. Beyond it all begin anew. */
const CALLERS_MAX = 100_000

/**
 * Counts what each key or network spends. An isolate counts for itself, which is what the headers say; the platform's counter, where
 * there is one, counts for all isolates of a place and has the last word.
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
    const seconds = Math.floor(now / 1000)
    const period = Math.floor(seconds / periodSeconds)
    if (period !== this.#period || this.#spent.size >= CALLERS_MAX) {
      this.#period = period
      this.#spent.clear()
    }
    const resetSeconds = periodSeconds - (seconds % periodSeconds)
    const spent = (this.#spent.get(key) ?? 0) + units
    const within = spent <= most && (await this.#spendShared(key, units))
    this.#spent.set(key, within ? spent : most)
    if (!within) throw new Fault({ code: 'rate.limited', retryAfterSeconds: resetSeconds })
    return { remaining: most - spent, resetSeconds }
  }

  /** The platform's counter takes no weight, so it is asked once a unit. */
  async #spendShared(key: string, units: number): Promise<boolean> {
    if (!this.#shared) return true
    const shared = this.#shared
    const answers = await Promise.all(Array.from({ length: units }, () => shared.limit({ key })))
    return answers.every(({ success }) => success)
  }
}

/** Returns the header fields that tell a policy and, once a key is known, where it stands (draft-ietf-httpapi-ratelimit-headers). */
export function rateHeaders(policy: RatePolicy, allowance?: Allowance): Record<string, string> {
  return {
    'ratelimit-policy': `"key";q=${policy.units};w=${policy.periodSeconds}`,
    ...(allowance && { ratelimit: `"key";r=${allowance.remaining};t=${allowance.resetSeconds}` }),
  }
}
