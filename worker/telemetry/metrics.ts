import { Counter, Histogram } from './series.ts'

/** A database read, by its freshness, or a write. */
export type DatabaseCall = 'fresh' | 'nearby' | 'may-lag' | 'write'

/**
 * Counts of this isolate since it began. Totals are the sum over many isolates, each of which loses its counts at its end.
 */
export class Metrics {
  readonly requests = new Counter('operation', 'status')
  readonly requestSeconds = new Histogram('operation')
  readonly databaseCalls = new Counter('call', 'outcome')
  readonly databaseSeconds = new Histogram('call')
  readonly failures = new Counter('event', 'kind')

  /** Counts an answered request. */
  answered(operation: string, status: number, ms: number): void {
    this.requests.add(operation, status)
    this.requestSeconds.observe(operation, ms / 1000)
  }

  /** Counts a database read or write with its outcome. */
  asked(call: DatabaseCall, outcome: 'ok' | 'unavailable' | 'refused', ms: number): void {
    this.databaseCalls.add(call, outcome)
    this.databaseSeconds.observe(call, ms / 1000)
  }

  /** Counts a logged failure by event and error name. */
  failed(event: string, error: unknown): void {
    this.failures.add(event, error instanceof Error ? error.name : 'unknown')
  }
}
