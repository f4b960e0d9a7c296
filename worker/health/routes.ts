import { markQuery } from '../../db/commit.ts'
import type { Deps } from '../deps.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import type { App } from '../http/route.ts'

/** `/healthz`: the Worker runs. `/readyz`: it can answer a check, since the primary answers a read. */
export function healthRoutes(app: App, deps: Deps): void {
  app.get('/healthz', () => new Response('{"status":"ok"}', { headers: JSON_HEADERS }))
  app.get('/readyz', async () => {
    await deps.db.read('fresh', [markQuery])
    return new Response('{"status":"ready"}', { headers: JSON_HEADERS })
  })
}
