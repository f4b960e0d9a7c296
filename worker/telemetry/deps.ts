import type { Deps } from '../deps.ts'
import type { Metrics } from './metrics.ts'

/** The dependencies of telemetry. */
export interface TelemetryDeps extends Deps {
  metrics: Metrics
}
