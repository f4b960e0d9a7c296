import { demandNarrower, demandRoom, keyName, mintApiKey, type Permission } from '../../core/api-key.ts'
import { invalidField } from '../../core/fault.ts'
import { networkOf } from '../../core/network.ts'
import { keepApiKey, keyCountsOf, makeApiKey } from '../../db/api-key.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import { keyView } from './key-view.ts'
import { settle } from './settle.ts'

/**
 * Creates a key of the caller's workspace, no wider than the key that makes it; an end or networks left out are taken from that
 * key. An operator's has no limits but those that are given. Throws `key.invalid`, `key.forbidden`, `key.wider`, `key.too_many`, `rate.limited`, `request.invalid`
 * for an end in the past, `database.unavailable`.
 */
export const createApiKey = verb(api.createKey, (ctx: CallContext<Needs<'keyring'>>, input) =>
  settle(() => create(ctx, input)),
)

async function create(
  ctx: CallContext<Needs<'keyring'>>,
  input: InputOf<typeof api.createKey>,
): Promise<AnswerOf<typeof api.createKeyDoc> | undefined> {
  const at = ctx.clock()
  const { tenant, workspace, keyId: maker } = ctx
  const [room] = await ctx.read([keyCountsOf(workspace, at)])
  const widest = ctx.limits()
  const limits = {
    permissions: [...new Set<Permission>(input.permissions)],
    expiresAt: input.expiresAt === undefined ? (widest?.expiresAt ?? null) : Date.parse(input.expiresAt),
    allowedIps: input.allowedIps?.map(range => networkOf(range)!) ?? widest?.allowedIps ?? null,
  }
  if (widest) demandNarrower(widest, limits)
  if (limits.expiresAt !== null && limits.expiresAt <= at)
    throw invalidField('expiresAt', 'must be in the future')
  // A thief who made all the keys there may be must not keep an operator from making one.
  if (widest) demandRoom(room)
  const { keyId: id, secretHash, text } = mintApiKey(ctx.keyring, tenant, workspace)
  const row = { id, workspace, secretHash, ...limits, name: input.name ?? null, createdAt: at }
  const created = ctx.event('api_key.created', {
    at,
    subject: keyName(id),
    data: {
      permissions: limits.permissions.join(' '),
      ...(limits.expiresAt !== null && { expiresAt: limits.expiresAt }),
    },
  })
  const act = maker ? makeApiKey(row, maker, created) : keepApiKey(row, created)
  const [kept] = await ctx.commit(act, 'results')
  if (kept!.affected === 0) return undefined
  return { ...keyView({ ...row, madeBy: maker ?? null }), key: text }
}
