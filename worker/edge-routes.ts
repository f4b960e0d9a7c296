import type { Deps } from './deps.ts'
import { healthRoutes } from './health/edge-routes.ts'
import { DOCS_HEADERS, SITE_HEADERS } from './http/headers.ts'
import type { App } from './http/route.ts'
import { methodsAt, newApp } from './http/router.ts'
import type { PreferencePageDeps } from './preference/deps.ts'
import { preferenceRoutes } from './preference/edge-routes.ts'
import { checkRoutes } from './suppression/edge-routes.ts'
import type { TelemetryDeps } from './telemetry/deps.ts'
import { metricsRoutes } from './telemetry/edge-routes.ts'
import { unsubscribeRoutes } from './unsubscribe/routes.ts'

/** Dependencies of the features that `floe` serves. */
export type EdgeDeps = PreferencePageDeps & TelemetryDeps

/** Paths that `floe-app` serves wherever `floe` has no route. */
const OF_APP = /^\/(?:v1|[pcars]|brand|your-data|\.well-known|readyz|version)(?:\/|$)/

/**
 * Paths of the site as its links spell them. Page templates are only ever served filled, and the operators' page on its own host; any
 * other spelling (`//`, `..`, percent signs) could reach one if a later step normalised it.
 */
const PUBLIC_FILE = /^\/(?:\w[\w.-]*\/)*(?:\w[\w.-]*)?$/
const DOCS = /^\/docs(?:\/|$)/
const NOT_PUBLIC = /^\/(?:recipient|console)(?:\/|$)/i

/** Builds the routes of `floe`: one line per feature, then the site. */
export function createEdge(deps: EdgeDeps): App {
  const app = newApp(deps, (request, path) => publicFile(deps, request, path))
  healthRoutes(app)
  metricsRoutes(app, deps)
  unsubscribeRoutes(app, deps)
  preferenceRoutes(app, deps)
  checkRoutes(app, deps)
  return app
}

/** Whether `floe-app` answers at a path where no route of `floe` takes the request. */
export const isOfApp = (edge: App, path: string): boolean =>
  OF_APP.test(path) && methodsAt(edge, path).length === 0

async function publicFile({ site }: Deps, request: Request, path: string): Promise<Response | undefined> {
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (!reads || !PUBLIC_FILE.test(path) || NOT_PUBLIC.test(path)) return undefined
  const file = await site.fetch(request)
  if (file.status === 404) return undefined
  const headers = new Headers(file.headers)
  for (const [name, value] of Object.entries(DOCS.test(path) ? DOCS_HEADERS : SITE_HEADERS))
    headers.set(name, value)
  return new Response(file.body, { status: file.status, headers })
}
