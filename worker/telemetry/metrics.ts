import { Counter, Histogram } from './series.ts'

/** A question to the database, by how new its answer had to be, or a write. */
export type DatabaseCall = 'fresh' | 'may-lag' | 'write'

/** What this isolate has counted since it began. There are many isolates: their sum is the whole, and each forgets at its end. */
export class Metrics {
  readonly requests = new Counter()
  readonly requestSeconds = new Histogram()
  readonly databaseCalls = new Counter()
  readonly databaseSeconds = new Histogram()
  readonly failures = new Counter()

  /** Counts a request that was answered. */
  answered(operation: string, status: number, ms: number): void {
    this.requests.add(`operation="${operation}",status="${status}"`)
    this.requestSeconds.observe(`operation="${operation}"`, ms / 1000)
  }

  /** Counts a question to the database or a write, and how it went. */
  asked(call: DatabaseCall, outcome: 'ok' | 'unavailable' | 'refused', ms: number): void {
    this.databaseCalls.add(`call="${call}",outcome="${outcome}"`)
    this.databaseSeconds.observe(`call="${call}"`, ms / 1000)
  }

  /** Counts a line about a failure. */
  failed(event: string): void {
    this.failures.add(`event="${event}"`)
  }
}
