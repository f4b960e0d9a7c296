import * as z from 'zod/mini'
import { apiKeyById, revokeApiKey } from '../../db/api-key.ts'
import { actorText } from '../core/actor.ts'
import { Fault } from '../core/fault.ts'
import type { Deps } from '../deps.ts'
import { admit, type KeyClaim, keyIdOf } from './api-key.ts'
import { noteUse } from './note-use.ts'

/** Input of the calls that name one key. */
export const KeyIdInput = z.strictObject({ id: z.string() })

/**
 * Revokes a key of the caller's workspace, the caller's own included: the next call with it is refused, wherever it comes.
 * Throws `key.invalid`, `key.forbidden`, `key.not_found` (also for another workspace's and for one revoked already), `database.unavailable`.
 */
export async function revokeKey(
  deps: Deps,
  claim: KeyClaim,
  { id: name }: z.infer<typeof KeyIdInput>,
): Promise<{ id: string; outcome: 'revoked' }> {
  const [[key]] = await deps.db.read('fresh', [apiKeyById(claim.keyId)])
  const principal = admit(claim, key, 'api_keys:write')
  noteUse(deps, principal.keyId, key!.lastUsedAt)
  const id = keyIdOf(name)
  if (!id) throw new Fault({ code: 'key.not_found' })
  const at = deps.clock()
  const [revoked] = await deps.db.commit(
    revokeApiKey(id, claim.workspace, {
      id: deps.ids(at),
      at,
      tenant: claim.tenant,
      workspace: claim.workspace,
      type: 'api_key.revoked',
      actor: actorText({ kind: 'sender', keyId: claim.keyId }),
      addressId: null,
      subject: name,
      data: {},
    }),
    'results',
  )
  if (revoked!.affected === 0) throw new Fault({ code: 'key.not_found' })
  return { id: name, outcome: 'revoked' }
}
