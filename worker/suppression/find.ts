import * as z from 'zod/mini'
import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { suppressionKey } from '../../core/codes/scope.ts'
import { exactlyOne } from '../../core/exactly-one.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { suppressionsOf } from '../../db/suppression.ts'
import { suppressionByKey } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { type SuppressionView, sightOf, viewOf } from './view.ts'

/** Input of `POST /v1/suppressions/find`. In a body, because an address has no place in a URL. */
export const FindInput = z
  .strictObject({ address: z.optional(z.string()), sha256: z.optional(z.string()) })
  .check(exactlyOne('address', 'sha256'))

/** Input of the calls that name one suppression. */
export const IdInput = z.strictObject({ id: z.string() })

/**
 * Finds everything that keeps one recipient from the key's workspace, apart from the platform's own list.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid`, `database.unavailable`.
 */
export async function find(
  deps: Deps,
  claim: ApiKeyClaims,
  input: z.infer<typeof FindInput>,
): Promise<{ suppressions: SuppressionView[] }> {
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
  touchLastUsed(deps, authorize(claim, key, 'suppressions:read').keyId, key!.lastUsedAt)
  const sight = sightOf(claim.workspace, topics)
  const now = deps.clock()
  return { suppressions: rows.flatMap(row => viewOf(row, sight, now) ?? []) }
}

/** Returns one suppression by its id. Throws `suppression.not_found`, also for one that is another tenant's or workspace's. */
export async function get(
  deps: Deps,
  claim: ApiKeyClaims,
  { id }: z.infer<typeof IdInput>,
): Promise<SuppressionView> {
  const named = suppressionKey(id)
  const [[key], topics, rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    topicsOf(claim.workspace),
    suppressionByKey(claim.tenant, named ?? { addressId: new Uint8Array(), scope: 0, reason: 0 }),
  ])
  touchLastUsed(deps, authorize(claim, key, 'suppressions:read').keyId, key!.lastUsedAt)
  const view = rows[0] && viewOf(rows[0], sightOf(claim.workspace, topics), deps.clock())
  if (!view) throw new Fault({ code: 'suppression.not_found' })
  return view
}
