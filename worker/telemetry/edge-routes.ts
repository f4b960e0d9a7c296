import type { App } from '../http/route.ts'
import type { MetricsPageDeps } from './deps.ts'

/** Route of `/metrics`: `floe-app` answers with what this isolate counted as well. */
export const metricsRoutes = (app: App, deps: MetricsPageDeps): void =>
  void app.get('/metrics', c => {
    const { url, headers } = c.req.raw
    const asked = new Headers(headers)
    asked.set('content-type', 'application/json')
    const body = JSON.stringify(deps.metrics.counts())
    return deps.passOn(new Request(url, { method: 'POST', headers: asked, body }))
  })
