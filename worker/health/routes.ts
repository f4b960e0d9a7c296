import { NEEDED_MIGRATION } from '../../db/schema.ts'
import type { Deps } from '../deps.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { RETRY_AFTER_SECONDS } from '../http/problem.ts'
import type { App } from '../http/route.ts'
import { readiness } from './ready.ts'

/** `/healthz`: the Worker runs. `/version`: which one. `/readyz`: it can answer a check and write an act, or what hinders it. */
export function healthRoutes(app: App, deps: Deps): void {
  app.get('/healthz', () => new Response('{"status":"ok"}', { headers: JSON_HEADERS }))
  app.get('/version', () => {
    const version = { ...deps.version, schema: NEEDED_MIGRATION }
    return new Response(JSON.stringify(version), { headers: JSON_HEADERS })
  })
  app.get('/readyz', async () => {
    const found = await readiness(deps)
    const ready = found.status === 'ready'
    return new Response(JSON.stringify(found), {
      status: ready ? 200 : 503,
      headers: { ...JSON_HEADERS, ...(!ready && { 'retry-after': String(RETRY_AFTER_SECONDS) }) },
    })
  })
}
