import { type ApiKeyClaims, authorize, type Permission, type Principal } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { endpointOf, type WebhookEndpoint } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { endpointId } from './endpoint.ts'

/**
 * Loads an endpoint for a key with the permission. Throws `key.invalid`, `key.forbidden`, `webhook_endpoint.not_found` (also
 * for another workspace's), `database.unavailable`.
 */
export async function loadEndpoint(
  deps: Deps,
  claim: ApiKeyClaims,
  name: string,
  permission: Permission,
): Promise<{ principal: Principal; endpoint: WebhookEndpoint }> {
  const [[key], [endpoint]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    endpointOf(claim.workspace, endpointId(name)),
  ])
  const principal = authorize(claim, key, permission)
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  if (!endpoint) throw new Fault({ code: 'webhook_endpoint.not_found' })
  return { principal, endpoint }
}
