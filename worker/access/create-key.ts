import {
  type ApiKeyClaims,
  authorize,
  demandNarrower,
  demandRoom,
  keyName,
  mintApiKey,
} from '../../core/api-key.ts'
import { invalidField } from '../../core/fault.ts'
import { networkOf } from '../../core/network.ts'
import { apiKeyById, keyCountsOf, makeApiKey } from '../../db/api-key.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import { keyEvent } from './key-event.ts'
import { keyView } from './key-view.ts'
import { settle } from './settle.ts'

/**
 * Creates a key of the caller's workspace that is no wider than the key it is made with; an end or networks left out are
 * taken from that key. Throws `key.invalid`, `key.forbidden`, `key.wider`, `key.too_many`, `rate.limited`, `request.invalid`
 * for an end in the past, `database.unavailable`.
 */
export const createApiKey = (
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.createKey>,
): Promise<AnswerOf<typeof api.createKeyDoc>> => settle(() => create(deps, claim, input))

async function create(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.createKey>,
): Promise<AnswerOf<typeof api.createKeyDoc> | undefined> {
  const at = deps.clock()
  const [[maker], room] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    keyCountsOf(claim.workspace, at),
  ])
  touchLastUsed(deps, authorize(claim, maker, api.createKey.permission).keyId, maker!.lastUsedAt)
  const limits = {
    permissions: [...new Set(input.permissions)],
    expiresAt: input.expiresAt === undefined ? maker!.expiresAt : Date.parse(input.expiresAt),
    allowedIps: input.allowedIps?.map(range => networkOf(range)!) ?? maker!.allowedIps,
  }
  demandNarrower(maker!, limits)
  if (limits.expiresAt !== null && limits.expiresAt <= at)
    throw invalidField('expiresAt', 'must be in the future')
  demandRoom(room)
  const { keyId: id, secretHash, text } = mintApiKey(deps.keyring, claim.tenant, claim.workspace)
  const row = {
    id,
    workspace: claim.workspace,
    secretHash,
    ...limits,
    name: input.name ?? null,
    createdAt: at,
  }
  const data = {
    permissions: limits.permissions.join(' '),
    ...(limits.expiresAt !== null && { expiresAt: limits.expiresAt }),
  }
  const created = keyEvent(claim, {
    id: deps.ids(at),
    at,
    type: 'api_key.created',
    subject: keyName(id),
    data,
  })
  const [kept] = await deps.db.commit(makeApiKey(row, claim.keyId, created), 'results')
  if (kept!.affected === 0) return undefined
  return { ...keyView({ ...row, madeBy: claim.keyId }), key: text }
}
