import type { LogLevel } from '../../core/log.ts'
import type { HostDeps } from '../domain/deps.ts'
import type { HealthDeps } from '../health/deps.ts'
import type { Metrics } from './metrics.ts'

/** The dependencies of telemetry. */
export interface TelemetryDeps extends HostDeps {
  metrics: Metrics
  /** Writes a finished log line. */
  writeLine(line: string): void
  logLevel: LogLevel
}

/** The dependencies of `/metrics` in `floe-app`. */
export interface ScrapeDeps extends TelemetryDeps, HealthDeps {}

/** The dependencies of `/metrics` in `floe`. */
export interface MetricsPageDeps {
  metrics: Metrics
  /** Has `floe-app` answer a request. */
  passOn(request: Request): Promise<Response>
}
