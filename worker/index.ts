import { createApps } from './app.ts'
import { clusterOfRequest } from './cluster-of-request.ts'
import { runCron } from './cron.ts'
import type { Bindings } from './env.ts'
import { asMinted } from './http/link-path.ts'
import { receiveMail } from './inbound/receive-email.ts'
import type { AllDeps } from './open-deps.ts'
import { openDeps } from './open-deps.ts'
import { observe } from './telemetry/observe.ts'

export { IdempotencyRecord } from './http/idempotency-record.ts'
export { WriteLane } from './lane/write-lane.ts'

// Bindings do not change while an isolate lives, and opening them takes no promise, so requests may share the result: it holds
// code, keys and caches.
let deps: AllDeps | undefined
let apps: ReturnType<typeof createApps> | undefined

export default {
  async fetch(request, bindings, context) {
    deps ??= openDeps(bindings)
    apps ??= createApps(deps)
    const asked = asMinted(request)
    const own = apps(clusterOfRequest(asked))
    return observe(own.deps, own.app, asked, context)
  },
  async scheduled(_, bindings) {
    deps ??= openDeps(bindings)
    await runCron(deps)
  },
  async email(mail, bindings) {
    deps ??= openDeps(bindings)
    await receiveMail(deps, mail)
  },
} satisfies ExportedHandler<Bindings>
