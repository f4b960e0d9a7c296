import { Hono } from 'hono'
import { Fault } from '../core/fault.ts'
import { accessRoutes } from './access/routes.ts'
import { brandRoutes } from './brand/routes.ts'
import { consentRoutes } from './consent/routes.ts'
import { correctionRoutes } from './correction/routes.ts'
import { domainRoutes } from './domain/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { SITE_HEADERS } from './http/headers.ts'
import { inCluster } from './http/in-cluster.ts'
import { asFault, isOurs } from './http/problem.ts'
import { refusal } from './http/refusal.ts'
import type { App } from './http/route.ts'
import { inboundRoutes } from './inbound/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { messageRoutes } from './message/routes.ts'
import type { AllDeps } from './open-deps.ts'
import { preferenceRoutes } from './preference/routes.ts'
import { rightsRoutes } from './rights/routes.ts'
import { rightsRequestRoutes } from './rights-request/routes.ts'
import { signupRoutes } from './signup/routes.ts'
import { subscriptionRoutes } from './subscription/routes.ts'
import { suppressionRoutes } from './suppression/routes.ts'
import { telemetryRoutes } from './telemetry/routes.ts'
import { topicRoutes } from './topic/routes.ts'
import { unsubscribeRoutes } from './unsubscribe/routes.ts'
import { webhookRoutes } from './webhook/routes.ts'

/**
 * Paths of the site as its links spell them. Page templates are only ever served filled; any other spelling (`//`, `..`, percent
 * signs) could reach one if a later step normalised it.
 */
const PUBLIC_FILE = /^\/(?:\w[\w.-]*\/)*(?:\w[\w.-]*)?$/
const TEMPLATE = /^\/recipient/i
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Builds the Worker's routes: one line per feature, then the site, then the answer to every failure. */
export function createApp(deps: AllDeps): App {
  // Not strict: a link with a trailing slash must work without a redirect (RFC 8058 §3.1).
  const app: App = new Hono({ strict: false })
  healthRoutes(app, deps)
  domainRoutes(app, deps)
  brandRoutes(app, deps)
  unsubscribeRoutes(app, deps)
  preferenceRoutes(app, deps)
  suppressionRoutes(app, deps)
  topicRoutes(app, deps)
  subscriptionRoutes(app, deps)
  signupRoutes(app, deps)
  consentRoutes(app, deps)
  ledgerRoutes(app, deps)
  rightsRoutes(app, deps)
  correctionRoutes(app, deps)
  rightsRequestRoutes(app, deps)
  accessRoutes(app, deps)
  telemetryRoutes(app, deps)
  inboundRoutes(app, deps)
  messageRoutes(app, deps)
  webhookRoutes(app, deps)

  app.notFound(async c => {
    const { method, path } = c.req
    const allowed = METHODS.filter(other => app.router.match(other, path)[0].length > 0)
    if (allowed.length > 0) throw new Fault({ code: 'method.not_allowed', allowed })
    if ((method === 'GET' || method === 'HEAD') && PUBLIC_FILE.test(path) && !TEMPLATE.test(path)) {
      const file = await deps.site.fetch(c.req.raw)
      if (file.status !== 404) {
        const headers = new Headers(file.headers)
        for (const [name, value] of Object.entries(SITE_HEADERS)) headers.set(name, value)
        return new Response(file.body, { status: file.status, headers })
      }
    }
    throw new Fault({ code: 'route.not_found' })
  })

  app.onError(async (error, c) => {
    const fault = asFault(error)
    if (isOurs(fault.detail)) deps.log(fault.detail.code, error, c.env.id)
    return refusal(deps, c.req.raw, c.req.path, fault, c.get('rate'))
  })

  return app
}

/** Returns the routes of each cluster, over its own database. They are built at first use. */
export function createApps(deps: AllDeps): (cluster: number) => { deps: AllDeps; app: App } {
  const apps = new Map<number, { deps: AllDeps; app: App }>()
  return cluster => {
    const own = inCluster(deps, cluster)
    const known = apps.get(own.cluster)
    if (known) return known
    const made = { deps: own, app: createApp(own) }
    apps.set(own.cluster, made)
    return made
  }
}
