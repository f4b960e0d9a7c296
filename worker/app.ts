import { type AllDeps, createApp } from './app-routes.ts'
import type { AppBindings } from './app-settings.ts'
import { clusterOfPath } from './cluster-of-path.ts'
import { clusterOfRequest } from './cluster-of-request.ts'
import { runCron } from './cron.ts'
import { ROW_LINKS } from './domain/row-links.ts'
import { TOPIC_LINKS } from './domain/topic-links.ts'
import { appsOf } from './http/cluster-apps.ts'
import { asMinted } from './http/link-path.ts'
import { pathOf, routeOf } from './http/route.ts'
import { learnFromRequest, tellOfNetwork } from './http/spent.ts'
import { receiveMail } from './inbound/receive-email.ts'
import { openApp } from './open-app.ts'
import { observe } from './telemetry/observe.ts'

export { IdempotencyRecord } from './http/idempotency-record.ts'

const LINKS = { ...ROW_LINKS, p: TOPIC_LINKS['p'] }

// Bindings do not change while an isolate lives, and opening them takes no promise, so requests may share the result: it holds
// code, keys and caches.
let deps: AllDeps | undefined
let apps: ReturnType<typeof appsOf<AllDeps>> | undefined

/** `floe-app`, the private Worker: everything that `floe` passes on, the scheduled jobs, and mail to Floe. */
export default {
  async fetch(request, bindings, context) {
    deps ??= openApp(bindings)
    apps ??= appsOf(deps, createApp)
    const asked = asMinted(request)
    const path = pathOf(asked)
    const own = apps(clusterOfRequest(asked, path, clusterOfPath))
    const route = routeOf(own.app, asked, path)
    learnFromRequest(deps, request)
    const answer = await observe({ ...own, request: asked, path, route, links: LINKS }, context)
    tellOfNetwork(deps, request, answer)
    return answer
  },
  async scheduled(_, bindings) {
    deps ??= openApp(bindings)
    await runCron(deps)
  },
  async email(mail, bindings) {
    deps ??= openApp(bindings)
    await receiveMail(deps, mail)
  },
} satisfies ExportedHandler<AppBindings>
