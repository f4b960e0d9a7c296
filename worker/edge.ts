import { clusterOfRequest } from './cluster-of-request.ts'
import { TOPIC_LINKS } from './domain/topic-links.ts'
import { createEdge, type EdgeDeps, isOfApp } from './edge-routes.ts'
import type { EdgeBindings } from './edge-settings.ts'
import { appsOf } from './http/cluster-apps.ts'
import { asMinted } from './http/link-path.ts'
import { pathOf, routeOf } from './http/route.ts'
import { openEdge } from './open-edge.ts'
import { observe } from './telemetry/observe.ts'

// Bindings do not change while an isolate lives, and opening them takes no promise, so requests may share the result: it holds
// code, keys and caches.
let apps: ReturnType<typeof appsOf<EdgeDeps>> | undefined

/** `floe`, the public Worker: links, preferences, checks, the site. Whatever else there is, `floe-app` answers. */
export default {
  async fetch(request, bindings, context) {
    apps ??= appsOf(openEdge(bindings), createEdge)
    const asked = asMinted(request)
    const path = pathOf(asked)
    const { deps, app } = apps(clusterOfRequest(asked, path))
    const route = routeOf(app, asked, path)
    if (route === undefined && isOfApp(app, path)) return deps.passOn(asked)
    return observe({ deps, app, request: asked, path, route, links: TOPIC_LINKS }, context)
  },
} satisfies ExportedHandler<EdgeBindings>
