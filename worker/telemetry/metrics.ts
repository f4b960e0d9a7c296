import { Counter, Histogram } from './series.ts'

/** A question to the database, by how new its answer had to be, or a write. */
export type DatabaseCall = 'fresh' | 'nearby' | 'may-lag' | 'write'

/** What this isolate has counted since it began. There are many isolates: their sum is the whole, and each forgets at its end. */
export class Metrics {
  readonly requests = new Counter('operation', 'status')
  readonly requestSeconds = new Histogram('operation')
  readonly databaseCalls = new Counter('call', 'outcome')
  readonly databaseSeconds = new Histogram('call')
  readonly failures = new Counter('event', 'kind')

  /** Counts a request that was answered. */
  answered(operation: string, status: number, ms: number): void {
    this.requests.add(operation, status)
    this.requestSeconds.observe(operation, ms / 1000)
  }

  /** Counts a question to the database or a write, and how it went. */
  asked(call: DatabaseCall, outcome: 'ok' | 'unavailable' | 'refused', ms: number): void {
    this.databaseCalls.add(call, outcome)
    this.databaseSeconds.observe(call, ms / 1000)
  }

  /** Counts a line about a failure, by what it happened to and the kind of error. */
  failed(event: string, error: unknown): void {
    this.failures.add(event, error instanceof Error ? error.name : 'unknown')
  }
}
