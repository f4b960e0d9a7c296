import { parse } from '../http/field-fault.ts'
import { JSON_HEADERS } from '../http/headers.ts'
import { forTenant } from '../http/in-cluster.ts'
import { type App, addressed, enter, senderCalls } from '../http/route.ts'
import * as api from './api.ts'
import { createWebhook } from './create.ts'
import * as deliveryApi from './delivery-api.ts'
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
  call(api.listWebhookEndpoints, listWebhooks)
  call(api.createWebhookEndpoint, createWebhook)
  call(api.getWebhookEndpoint, getWebhook)
  call(api.updateWebhookEndpoint, updateWebhook)
  call(api.deleteWebhookEndpoint, removeWebhook)
  call(api.rotateWebhookSecret, rotateWebhookSecret)
  call(api.replayWebhook, replayWebhook)
  const { method, path, input } = deliveryApi.testWebhook
  app.on(method, path, async c => {
    const claim = await enter(deps, c, PROBE_UNITS)
    const probe = await probeWebhook(forTenant(deps, claim.tenant), claim, parse(input, addressed(c)))
    return new Response(JSON.stringify(probe), { headers: { ...JSON_HEADERS, ...c.get('rate') } })
  })
  call(deliveryApi.listWebhookDeliveries, listDeliveries)
}
