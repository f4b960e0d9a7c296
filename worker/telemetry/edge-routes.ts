import { inPlaceOf } from '../http/in-place-of.ts'
import type { App } from '../http/route.ts'
import type { MetricsPageDeps } from './deps.ts'

/** Route of `/metrics`: `floe-app` answers with what this isolate counted as well. */
export const metricsRoutes = (app: App, deps: MetricsPageDeps): void =>
  void app.get('/metrics', c => deps.passOn(inPlaceOf(c.req.raw, c.env.id, deps.metrics.counts())))
