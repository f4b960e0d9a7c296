import type { Deps } from '../deps.ts'
import type { Metrics } from './metrics.ts'

/** What tells of a Floe needs beside the rest. */
export interface TelemetryDeps extends Deps {
  metrics: Metrics
}
