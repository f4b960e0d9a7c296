import type { LogLevel } from '../../core/log.ts'
import type { DomainDeps } from '../domain/deps.ts'
import type { HealthDeps } from '../health/deps.ts'
import type { Metrics } from './metrics.ts'

/** The dependencies of telemetry. */
export interface TelemetryDeps extends HealthDeps, DomainDeps {
  metrics: Metrics
  /** Writes a finished log line. */
  writeLine(line: string): void
  logLevel: LogLevel
  /** Id of this isolate in its metrics and logs. */
  isolate: string
}
