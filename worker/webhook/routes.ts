import { apiKeyCaller } from '../call/api-key.ts'
import { parse } from '../http/field-fault.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { forTenant } from '../http/in-cluster.ts'
import { type App, addressed, enter, senderCalls } from '../http/route.ts'
import { createWebhook } from './create.ts'
import { testWebhook } from './delivery-api.ts'
import type { WebhookDeps } from './deps.ts'
import { getWebhook, listDeliveries, listWebhooks } from './list.ts'
import { probeWebhook } from './probe.ts'
import { removeWebhook } from './remove.ts'
import { replayWebhook } from './replay.ts'
import { rotateWebhookSecret } from './rotate.ts'
import { updateWebhook } from './update.ts'

/** Rate limit units of a test delivery, which calls another host at once: at most a hundred a minute. */
const PROBE_UNITS = 600

/** Routes of webhook endpoints and their deliveries. */
export function webhookRoutes(app: App, deps: WebhookDeps): void {
  const call = senderCalls(app, deps)
  call(listWebhooks)
  call(createWebhook)
  call(getWebhook)
  call(updateWebhook)
  call(removeWebhook)
  call(rotateWebhookSecret)
  call(replayWebhook)
  const { method, path, input } = testWebhook
  app.on(method, path, async c => {
    const claim = await enter(deps, c, PROBE_UNITS)
    const own = forTenant(deps, claim.tenant)
    const probe = await probeWebhook(own, apiKeyCaller(claim), parse(input, addressed(c)))
    return new Response(JSON.stringify(probe), { headers: { ...JSON_HEADERS, ...c.get('rate') } })
  })
  call(listDeliveries)
}
