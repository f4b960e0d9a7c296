import * as z from 'zod/mini'
import { apiKeyById, apiKeysOf, endApiKey } from '../../db/api-key.ts'
import { actorText } from '../core/actor.ts'
import { equalBytes } from '../core/bytes.ts'
import { timestamp } from '../core/clock.ts'
import { Fault } from '../core/fault.ts'
import type { Deps } from '../deps.ts'
import { admit, type KeyClaim, keyIdOf, keyName, type Permission } from './api-key.ts'
import { type NewKey, newKey } from './create-key.ts'
import { counts } from './key-view.ts'
import { noteUse } from './note-use.ts'

/** How long the old key goes on when nothing is said: a day, in seconds; and at the most: 30 days. */
const OVERLAP_SECONDS = 24 * 60 * 60
const OVERLAP_MAX_SECONDS = 30 * OVERLAP_SECONDS

/** Input of `POST /v1/api-keys/{id}/rotate`. */
export const RotateKeyInput = z.strictObject({
  id: z.string(),
  overlapSeconds: z._default(z.int().check(z.minimum(0), z.maximum(OVERLAP_MAX_SECONDS)), OVERLAP_SECONDS),
})

/**
 * Replaces a key by a new one with the same name, permissions and networks; the old one goes on for `overlapSeconds`, so that
 * its users can change over one by one. Throws `key.invalid`, `key.forbidden`, `key.not_found`, `database.unavailable`.
 */
export async function rotateApiKey(
  deps: Deps,
  claim: KeyClaim,
  { id: name, overlapSeconds }: z.infer<typeof RotateKeyInput>,
): Promise<NewKey & { replaces: string; oldExpiresAt: string }> {
  const id = keyIdOf(name)
  const [[key], keys] = await deps.db.read('fresh', [apiKeyById(claim.keyId), apiKeysOf(claim.workspace)])
  const principal = admit(claim, key, 'api_keys:write')
  noteUse(deps, principal.keyId, key!.lastUsedAt)
  const at = deps.clock()
  const old = keys.find(one => id && equalBytes(one.id, id))
  if (!old || !counts(old, at)) throw new Fault({ code: 'key.not_found' })
  const permissions = old.permissions as Permission[]
  for (const permission of permissions) admit(claim, key, permission)
  const ends = Math.min(old.expiresAt ?? Number.POSITIVE_INFINITY, at + overlapSeconds * 1000)
  const { act, made } = newKey(
    deps,
    claim,
    { at, permissions, name: old.name, expiresAt: null, allowedIps: old.allowedIps },
    { replaces: name },
  )
  const rotated = endApiKey(old.id, claim.workspace, ends, {
    id: deps.ids(at),
    at,
    tenant: claim.tenant,
    workspace: claim.workspace,
    type: 'api_key.rotated',
    actor: actorText({ kind: 'sender', keyId: claim.keyId }),
    addressId: null,
    subject: keyName(old.id),
    data: { replacedBy: made.id, endsAt: ends },
  })
  await deps.db.commit([...act, ...rotated], 'results')
  return { ...made, replaces: name, oldExpiresAt: timestamp(ends) }
}
