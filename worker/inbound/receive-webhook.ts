import { actorText } from '../../core/actor.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { type ConnectionRow, connectionsOf } from '../../db/inbound.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import type { Taken } from './api.ts'
import { NOTHING_TAKEN, takeReports } from './apply-report.ts'
import type { InboundDeps } from './deps.ts'
import type { Hook } from './hook.ts'
import { jsonIn, type ProviderCall, type ProviderReading } from './provider.ts'
import { PROVIDERS, type ProviderName, settingsContext } from './providers.ts'
import { refuse } from './record-refusal.ts'
import type { Why } from './refusal.ts'

/** The caller of a webhook: the token in its URL, or its API key. */
export type Caller = { hook: Hook } | { key: ApiKeyClaims }

/** Amazon answers a confirmation in well under a second. */
const CONFIRM_DEADLINE_MS = 3000

/**
 * Takes a provider's report, in one database round trip and one act. Only data covered by the provider's proof has an effect.
 * Throws `key.invalid`, `key.forbidden`, `inbound.not_connected`, `inbound.unproven` with the reason, `inbound.unconfirmed`,
 * `database.unavailable`.
 */
export async function receive(
  deps: InboundDeps,
  caller: Caller,
  provider: ProviderName,
  call: ProviderCall,
): Promise<Taken> {
  const { tenant, workspace } = 'hook' in caller ? caller.hook : caller.key
  const refused = async (why: Why, fault: Fault): Promise<never> => {
    await refuse(deps, { workspace, door: provider, why, bytes: call.body.length })
    throw fault
  }
  const [[key], connections] = await deps.db.read('fresh', [
    apiKeyById('key' in caller ? caller.key.keyId : new Uint8Array()),
    connectionsOf(workspace),
  ])
  if ('key' in caller) {
    try {
      touchLastUsed(deps, authorize(caller.key, key, `inbound:${provider}`).keyId, key!.lastUsedAt)
    } catch (error) {
      await refused('key', error as Fault)
    }
  }
  const connection = connections.find(row => row.provider === provider)
  if (!connection) return refused('not_connected', new Fault({ code: 'inbound.not_connected', provider }))
  const reading = await read(deps, tenant, provider, connection, call)
  if ('refused' in reading) {
    const { refused: why } = reading
    return refused(why, new Fault({ code: 'inbound.unproven', why }))
  }
  if ('confirm' in reading) {
    await confirm(deps, reading.confirm)
    return NOTHING_TAKEN
  }
  const actor = 'key' in caller ? actorText({ kind: 'sender', keyId: caller.key.keyId }) : 'mail_server'
  return takeReports(
    deps,
    { tenant, workspace, door: provider, proof: 'signed', actor, once: reading.once },
    reading.reports,
  )
}

async function read(
  deps: InboundDeps,
  tenant: number,
  provider: ProviderName,
  connection: ConnectionRow,
  call: ProviderCall,
): Promise<ProviderReading> {
  const settings = jsonIn(
    await deps.cipher.decrypt(tenant, settingsContext(connection.workspace, provider), connection.sealed),
  )
  return PROVIDERS[provider].read(call, settings, { now: deps.clock(), snsKeys: deps.snsKeys })
}

/** Confirms the SNS subscription, by the URL that its signature covers. */
async function confirm(deps: InboundDeps, url: string): Promise<void> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(CONFIRM_DEADLINE_MS) })
    await answer.body?.cancel()
    if (answer.status === 200) return
    deps.log('sns confirmation', new Error(`answered ${answer.status}`))
  } catch (error) {
    deps.log('sns confirmation', error)
  }
  // The fault makes Amazon ask again.
  throw new Fault({ code: 'inbound.unconfirmed' })
}
