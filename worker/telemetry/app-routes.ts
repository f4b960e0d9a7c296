import { JSON_HEADERS } from '../http/headers.ts'
import { readJson } from '../http/limits.ts'
import type { App } from '../http/route.ts'
import type { ScrapeDeps } from './deps.ts'
import type { IsolateCounts } from './metrics.ts'
import { OPEN_METRICS_TYPE } from './open-metrics.ts'
import { scrape } from './scrape.ts'

const HEADERS = { ...JSON_HEADERS, 'content-type': OPEN_METRICS_TYPE }
/** Far beyond what an isolate counts: its labels are few. */
const COUNTS_MAX_BYTES = 2 ** 20

/** Route of `/metrics`, for holders of METRICS_TOKEN. `floe` asks with what its own isolate counted. */
export function telemetryRoutes(app: App, deps: ScrapeDeps): void {
  app.post('/metrics', async c => {
    const edge = (await readJson(c.req.raw, COUNTS_MAX_BYTES)) as IsolateCounts
    return new Response(await scrape(deps, c.req.header('authorization'), edge), { headers: HEADERS })
  })
}
