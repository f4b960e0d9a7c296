import { actorText } from '../../core/actor.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { timestamp } from '../../core/clock.ts'
import type { EventType } from '../../core/event.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { connect, connectionsOf, disconnect } from '../../db/inbound.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import type { ConnectionView } from './api.ts'
import * as api from './api.ts'
import { mintHook } from './hook.ts'
import { type ProviderName, settingsContext } from './providers.ts'

/**
 * Sets up a provider's connection and replaces an earlier one. Throws `key.invalid`, `key.forbidden`, `database.unavailable`.
 */
export async function setConnection(
  deps: Deps,
  claim: ApiKeyClaims,
  provider: ProviderName,
  settings: object,
): Promise<ConnectionView> {
  await enter(deps, claim)
  const { tenant, workspace } = claim
  const at = deps.clock()
  const sealed = await deps.cipher.encrypt(
    tenant,
    settingsContext(workspace, provider),
    JSON.stringify(settings),
  )
  await deps.db.commit(
    connect(
      { workspace, provider, sealed, updatedAt: at },
      entry(deps, claim, 'inbound.connected', provider, at),
    ),
    'results',
  )
  return viewOf(deps, claim, provider, at)
}

/** Ends a provider's connection; its next call is refused. Throws `inbound.not_connected` where there was none. */
export async function endConnection(
  deps: Deps,
  claim: ApiKeyClaims,
  { provider }: InputOf<typeof api.endInbound>,
): Promise<AnswerOf<typeof api.endInboundDoc>> {
  await enter(deps, claim)
  const at = deps.clock()
  const [ended] = await deps.db.commit(
    disconnect(
      { workspace: claim.workspace, provider },
      entry(deps, claim, 'inbound.disconnected', provider, at),
    ),
    'results',
  )
  if (ended!.affected === 0) throw new Fault({ code: 'inbound.not_connected', provider })
  return { provider, outcome: 'ended' }
}

/** Lists the connections of the key's workspace. */
export async function listConnections(
  deps: Deps,
  claim: ApiKeyClaims,
): Promise<AnswerOf<typeof api.listInboundDoc>> {
  const [[key], rows] = await deps.db.read('fresh', [apiKeyById(claim.keyId), connectionsOf(claim.workspace)])
  touchLastUsed(deps, authorize(claim, key, api.listInbound.permission).keyId, key!.lastUsedAt)
  return { connections: rows.map(row => viewOf(deps, claim, row.provider, row.updatedAt)) }
}

async function enter(deps: Deps, claim: ApiKeyClaims): Promise<void> {
  const [[key]] = await deps.db.read('fresh', [apiKeyById(claim.keyId)])
  touchLastUsed(deps, authorize(claim, key, api.endInbound.permission).keyId, key!.lastUsedAt)
}

const entry = (deps: Deps, claim: ApiKeyClaims, type: EventType, provider: ProviderName, at: number) => ({
  id: deps.ids(at),
  at,
  tenant: claim.tenant,
  workspace: claim.workspace,
  type,
  actor: actorText({ kind: 'sender', keyId: claim.keyId }),
  addressId: null,
  subject: provider,
  data: {},
})

function viewOf(deps: Deps, claim: ApiKeyClaims, provider: ProviderName, at: number): ConnectionView {
  const path = `/v1/inbound/${provider}`
  // Postmark signs nothing, so its URL carries an API key as login, which should have no other permission.
  const url =
    provider === 'postmark'
      ? `${deps.baseUrl.replace('://', '://floe:API_KEY@')}${path}`
      : `${deps.baseUrl}${path}/${mintHook(deps.keyring, claim)}`
  return { provider, url, updatedAt: timestamp(at) }
}
