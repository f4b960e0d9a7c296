import { Fault } from '../../core/fault.ts'
import { type ConnectionRow, connectionsOf } from '../../db/inbound.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Caller } from '../call/caller.ts'
import { type CallContext, callOf } from '../call/context.ts'
import type { Taken } from './api.ts'
import { NOTHING_TAKEN, takeReports } from './apply-report.ts'
import type { InboundDeps } from './deps.ts'
import { jsonIn, objectOf, type Parted, type ProviderCall } from './provider.ts'
import { PROVIDERS, type ProviderName, settingsContext } from './providers.ts'
import { recordDelivered } from './record-delivery.ts'
import { refuse } from './record-refusal.ts'
import type { Why } from './refusal.ts'

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
  const ctx = callOf(deps, caller, `inbound:${provider}`)
  const { tenant, workspace } = ctx
  const refused = async (why: Why, fault: Fault): Promise<never> => {
    // Counted for the workspace that was called, whoever did.
    await refuse(deps, { workspace, door: provider, why, bytes: call.body.length })
    throw fault
  }
  const [connections, topics] = await ctx
    .read([connectionsOf(workspace), topicsOf(workspace)])
    .catch(error => {
      // A key that may not report counts as a refusal; a database that is away does not.
      if (error instanceof Fault && error.detail.code.startsWith('key.')) return refused('key', error)
      throw error
    })
  const connection = connections.find(row => row.provider === provider)
  if (!connection) return refused('not_connected', new Fault({ code: 'inbound.not_connected', provider }))
  const settings = await settingsOf(ctx, provider, connection)
  const { clock, snsKeys } = ctx
  const reading = await PROVIDERS[provider].read(call, settings, { now: clock(), snsKeys })
  if ('refused' in reading) {
    const { refused: why } = reading
    return refused(why, new Fault({ code: 'inbound.unproven', why }))
  }
  if ('confirm' in reading) {
    await confirm(ctx, reading.confirm)
    return NOTHING_TAKEN
  }
  const numbers = new Map(topics.map(({ name, number }) => [name, number]))
  const parts = new Map(
    Object.entries(settings.topics ?? {}).flatMap(([part, name]): [string, number][] => {
      const number = numbers.get(name)
      return number === undefined ? [] : [[part, number]]
    }),
  )
  const { once } = reading
  const origin = { tenant, workspace, door: provider, proof: 'signed', parts, once } as const
  await recordDelivered(ctx, reading.delivered ?? [])
  const taken = await takeReports(ctx, origin, reading.reports)
  const { unknown = 0 } = reading
  if (unknown > 0)
    await refuse(deps, { workspace, door: provider, why: 'unknown_event', bytes: call.body.length })
  return { ...taken, unknown }
}

async function settingsOf(
  { cipher, tenant }: CallContext<InboundDeps>,
  provider: ProviderName,
  { workspace, sealed }: ConnectionRow,
): Promise<Parted> {
  return objectOf(jsonIn(await cipher.decrypt(tenant, settingsContext(workspace, provider), sealed)))
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
