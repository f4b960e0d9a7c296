import { Counter, type Counts, type Distributions, Histogram } from './series.ts'

/** A database read, by its freshness, or a write. */
export type DatabaseCall = 'fresh' | 'nearby' | 'may-lag' | 'write'

/** Which isolate of which Worker counted. */
export interface Counted {
  worker: string
  isolate: string
  /** The platform's id of the deployment, and the commit it was built from. */
  build: string
  commit: string
}

/** What an isolate counted, as plain data. */
export interface IsolateCounts {
  of: Counted
  requests: Counts
  requestSeconds: Distributions
  databaseCalls: Counts
  databaseSeconds: Distributions
  failures: Counts
}

/**
 * Counts of this isolate since it began. Totals are the sum over many isolates, each of which loses its counts at its end.
 */
export class Metrics {
  readonly #of: Counted
  readonly #requests = new Counter()
  readonly #requestSeconds = new Histogram()
  readonly #databaseCalls = new Counter()
  readonly #databaseSeconds = new Histogram()
  readonly #failures = new Counter()

  constructor(of: Counted) {
    this.#of = of
  }

  /** Counts an answered request. */
  answered(operation: string, status: number, ms: number): void {
    this.#requests.add(operation, status)
    this.#requestSeconds.observe(operation, ms / 1000)
  }

  /** Counts a database read or write with its outcome. */
  asked(call: DatabaseCall, outcome: 'ok' | 'unavailable' | 'refused', ms: number): void {
    this.#databaseCalls.add(call, outcome)
    this.#databaseSeconds.observe(call, ms / 1000)
  }

  /** Counts a logged failure by event and error name. */
  failed(event: string, error: unknown): void {
    this.#failures.add(event, error instanceof Error ? error.name : 'unknown')
  }

  /** Returns everything counted. */
  counts(): IsolateCounts {
    return {
      of: this.#of,
      requests: this.#requests.counts(),
      requestSeconds: this.#requestSeconds.distributions(),
      databaseCalls: this.#databaseCalls.counts(),
      databaseSeconds: this.#databaseSeconds.distributions(),
      failures: this.#failures.counts(),
    }
  }
}
