import { JSON_HEADERS } from '../http/headers.ts'
import type { App } from '../http/route.ts'
import type { TelemetryDeps } from './deps.ts'
import { OPEN_METRICS_TYPE } from './open-metrics.ts'
import { scrape } from './scrape.ts'

const HEADERS = { ...JSON_HEADERS, 'content-type': OPEN_METRICS_TYPE }

/** Route of `/metrics`, for holders of METRICS_TOKEN. */
export function telemetryRoutes(app: App, deps: TelemetryDeps): void {
  app.get(
    '/metrics',
    async c => new Response(await scrape(deps, c.req.header('authorization')), { headers: HEADERS }),
  )
}
