import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { suppressionKey } from '../../core/codes/scope.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { suppressionsOf } from '../../db/suppression.ts'
import { suppressionByKey } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import { sightOf, viewOf } from './view.ts'

/**
 * Finds the suppressions of a recipient that apply to the key's workspace, except the platform's. Throws `key.invalid`,
 * `key.forbidden`, `request.invalid`, `database.unavailable`.
 */
export async function find(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.findSuppressions>,
): Promise<AnswerOf<typeof api.findSuppressionsDoc>> {
  const hash = input.address === undefined ? hashOfHex(input.sha256!) : hashOfAddress(input.address)
  if (hash === undefined) {
    throw input.address === undefined
      ? invalidField('sha256', 'must be 64 hex digits')
      : invalidField('address', 'is not an address')
  }
  const [[key], topics, rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    topicsOf(claim.workspace),
    suppressionsOf(deps.indexes.tenant(claim.tenant).id(hash)),
  ])
  touchLastUsed(deps, authorize(claim, key, api.findSuppressions.permission).keyId, key!.lastUsedAt)
  const sight = sightOf(claim.workspace, topics)
  const now = deps.clock()
  return { suppressions: rows.flatMap(row => viewOf(row, sight, now) ?? []) }
}

/**
 * Returns a suppression by its id. Throws `suppression.not_found`, also for another tenant's or workspace's, and as `find`
 * does.
 */
export async function get(
  deps: Deps,
  claim: ApiKeyClaims,
  { id }: InputOf<typeof api.getSuppression>,
): Promise<AnswerOf<typeof api.getSuppressionDoc>> {
  const named = suppressionKey(id)
  const [[key], topics, rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    topicsOf(claim.workspace),
    suppressionByKey(claim.tenant, named ?? { addressId: new Uint8Array(), scope: 0, reason: 0 }),
  ])
  touchLastUsed(deps, authorize(claim, key, api.getSuppression.permission).keyId, key!.lastUsedAt)
  const view = rows[0] && viewOf(rows[0], sightOf(claim.workspace, topics), deps.clock())
  if (!view) throw new Fault({ code: 'suppression.not_found' })
  return view
}
