import { JSON_HEADERS } from '../http/headers.ts'
import type { App } from '../http/route.ts'

/** Route of `/healthz`: the Worker runs. */
export const healthRoutes = (app: App): void =>
  void app.get('/healthz', () => new Response('{"status":"ok"}', { headers: JSON_HEADERS }))
