import { Fault } from '../../core/fault.ts'
import { endpointOf, type WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import type { CallContext } from '../call/context.ts'
import { endpointId } from './endpoint.ts'

/**
 * Loads an endpoint of the caller's workspace. Throws `key.invalid`, `key.forbidden`, `webhook_endpoint.not_found` (also for
 * another workspace's), `database.unavailable`.
 */
export async function loadEndpoint(ctx: CallContext, name: string): Promise<WebhookEndpoint> {
  const [[endpoint]] = await ctx.read([endpointOf(ctx.workspace, endpointId(name))])
  if (!endpoint) throw new Fault({ code: 'webhook_endpoint.not_found' })
  return endpoint
}
