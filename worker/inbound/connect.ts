import { timestamp } from '../../core/clock.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { connect, connectionsOf, disconnect } from '../../db/inbound.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import type { ConnectionView } from './api.ts'
import * as api from './api.ts'
import { mintHook } from './hook.ts'
import type { Parted } from './provider.ts'
import { type ProviderName, settingsContext } from './providers.ts'

/**
 * Sets up a provider's connection and replaces an earlier one. Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `request.invalid`
 * for a transactional topic, `database.unavailable`.
 */
export async function setConnection(
  ctx: CallContext<Needs<'baseUrl' | 'cipher' | 'keyring'>>,
  provider: ProviderName,
  settings: Parted,
): Promise<ConnectionView> {
  const [topics] = await ctx.read([topicsOf(ctx.workspace)])
  for (const name of Object.values(settings.topics ?? {})) {
    const topic = topics.find(one => one.name === name)
    if (!topic) throw new Fault({ code: 'topic.not_found', topic: name })
    // Nobody can leave what is owed: the choice would have no effect, and the rest of the mail would go on.
    if (topic.kind === 'transactional') throw invalidField('topics', 'must not name a transactional topic')
  }
  const { tenant, workspace } = ctx
  const at = ctx.clock()
  const sealed = await ctx.cipher.encrypt(
    tenant,
    settingsContext(workspace, provider),
    JSON.stringify(settings),
  )
  const connected = ctx.event('inbound.connected', { at, subject: provider })
  await ctx.commit(connect({ workspace, provider, sealed, updatedAt: at }, connected), 'results')
  return viewOf(ctx, provider, at)
}

/** Ends a provider's connection; its next call is refused. Throws `inbound.not_connected` where there was none. */
export const endConnection = verb(
  api.endInbound,
  async (ctx: CallContext, { provider }): Promise<AnswerOf<typeof api.endInboundDoc>> => {
    // Finds the caller.
    await ctx.read([])
    const disconnected = ctx.event('inbound.disconnected', { subject: provider })
    const [ended] = await ctx.commit(
      disconnect({ workspace: ctx.workspace, provider }, disconnected),
      'results',
    )
    if (ended!.affected === 0) throw new Fault({ code: 'inbound.not_connected', provider })
    return { provider, outcome: 'ended' }
  },
)

/** Lists the connections of the caller's workspace. */
export const listConnections = verb(
  api.listInbound,
  async (ctx: CallContext<Needs<'baseUrl' | 'keyring'>>): Promise<AnswerOf<typeof api.listInboundDoc>> => {
    const [rows] = await ctx.read([connectionsOf(ctx.workspace)])
    return { connections: rows.map(row => viewOf(ctx, row.provider, row.updatedAt)) }
  },
)

function viewOf(
  ctx: CallContext<Needs<'baseUrl' | 'keyring'>>,
  provider: ProviderName,
  at: number,
): ConnectionView {
  const path = `/v1/inbound/${provider}`
  // Postmark signs nothing, so its URL carries an API key as login, which should have no other permission.
  const url =
    provider === 'postmark'
      ? `${ctx.baseUrl.replace('://', '://floe:API_KEY@')}${path}`
      : `${ctx.baseUrl}${path}/${mintHook(ctx.keyring, ctx)}`
  return { provider, url, updatedAt: timestamp(at) }
}
