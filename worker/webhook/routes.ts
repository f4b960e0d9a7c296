import { JSON_HEADERS } from '../http/headers.ts'
import { forTenant } from '../http/in-cluster.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'
import { type App, addressed, enter, parse, senderCall } from '../http/route.ts'
import { CreateInput, createWebhook } from './create.ts'
import type { WebhookDeps } from './deps.ts'
import { NamedInput } from './fields.ts'
import { DeliveriesInput, getWebhook, ListInput, listDeliveries, listWebhooks } from './list.ts'
import { probeWebhook } from './probe.ts'
import { removeWebhook } from './remove.ts'
import { ReplayInput, replayWebhook } from './replay.ts'
import { RotateInput, rotateWebhookSecret } from './rotate.ts'
import { UpdateInput, updateWebhook } from './update.ts'

const ALL = '/v1/webhook-endpoints'
const ONE = `${ALL}/:endpoint{whk_[\\w-]+}`
/** A test delivery knocks at somebody's door at once: at most a hundred a minute. */
const PROBE_UNITS = 600

/** Where a workspace's senders hear of what happens, and what did not arrive there. */
export function webhookRoutes(app: App, deps: WebhookDeps): void {
  const body = { limitBytes: BODY_LIMIT_BYTES }
  app.get(ALL, senderCall(deps, { input: ListInput, verb: listWebhooks }))
  app.post(
    ALL,
    senderCall(deps, { ...body, input: CreateInput, verb: createWebhook, status: 201, writes: 'secret' }),
  )
  app.get(ONE, senderCall(deps, { input: NamedInput, verb: getWebhook }))
  app.patch(ONE, senderCall(deps, { ...body, input: UpdateInput, verb: updateWebhook, writes: true }))
  app.delete(ONE, senderCall(deps, { input: NamedInput, verb: removeWebhook, writes: true }))
  app.post(
    `${ONE}/rotate-secret`,
    senderCall(deps, { ...body, input: RotateInput, verb: rotateWebhookSecret, writes: 'secret' }),
  )
  app.post(
    `${ONE}/replay`,
    senderCall(deps, { ...body, input: ReplayInput, verb: replayWebhook, writes: true }),
  )
  app.post(`${ONE}/test`, async c => {
    const claim = await enter(deps, c, PROBE_UNITS)
    const probe = await probeWebhook(forTenant(deps, claim.tenant), claim, parse(NamedInput, addressed(c)))
    return new Response(JSON.stringify(probe), { headers: { ...JSON_HEADERS, ...c.get('rate') } })
  })
  app.get(`${ONE}/deliveries`, senderCall(deps, { input: DeliveriesInput, verb: listDeliveries }))
}
