import {
  type ApiKeyClaims,
  authorize,
  demandNarrower,
  demandPermissions,
  keyIdOf,
  keyName,
} from '../../core/api-key.ts'
import { equalBytes } from '../../core/bytes.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById, ownApiKey } from '../../db/api-key.ts'
import { lineOf, revokeApiKey } from '../../db/key-line.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import { keyEvent } from './key-event.ts'
import { settle, tellLine } from './settle.ts'

/**
 * Revokes a key of the caller's workspace, which may be the caller's own; the next call with it is refused at every location.
 * Its descendants are revoked with it, or pass to the caller where `children` is `keep`. A renewal that revokes its
 * predecessor is not revoked with it. Throws `key.invalid`, `key.forbidden` (also for a key with permissions the caller
 * lacks), `key.not_found` (also for another workspace's key, and for a revoked key without a valid descendant), `key.wider`
 * and `key.descendant` where the caller may not keep the descendants, `database.unavailable`.
 */
export const revokeKey = (
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.revokeKey>,
): Promise<AnswerOf<typeof api.revokeKeyDoc>> => settle(() => revoke(deps, claim, input))

async function revoke(
  deps: Deps,
  claim: ApiKeyClaims,
  { id: name, children }: InputOf<typeof api.revokeKey>,
): Promise<AnswerOf<typeof api.revokeKeyDoc> | undefined> {
  const id = keyIdOf(name)
  const at = deps.clock()
  const line = { key: id ?? new Uint8Array(), workspace: claim.workspace, spared: claim.keyId }
  const [[caller], [key], known] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    ownApiKey(claim.workspace, line.key),
    lineOf(line, at),
  ])
  touchLastUsed(deps, authorize(claim, caller, api.revokeKey.permission).keyId, caller!.lastUsedAt)
  if (!key || (key.revokedAt !== null && known.length === 0)) throw new Fault({ code: 'key.not_found' })
  demandPermissions(caller!, key.permissions)
  const keep = children === 'keep'
  if (keep) {
    // A leaked key may have created its descendants, so neither may keep the other's.
    const ofTheKey = equalBytes(key.id, claim.keyId) || known.some(one => equalBytes(one.id, claim.keyId))
    if (ofTheKey) throw new Fault({ code: 'key.descendant' })
    demandNarrower(caller!, key)
  }
  const because = keyEvent(claim, {
    id: deps.ids(at),
    at,
    type: 'api_key.revoked',
    subject: name,
    data: { children },
  })
  const lineAct = {
    line,
    known,
    because,
    entryOf: (one: Uint8Array) =>
      keyEvent(claim, {
        id: deps.ids(at),
        at,
        type: keep ? 'api_key.kept' : 'api_key.revoked',
        subject: keyName(one),
        data: { with: name },
      }),
  }
  const results = await deps.db.commit(revokeApiKey({ ...lineAct, by: claim.keyId }, keep), 'results')
  if (results[0]!.affected === 0) return undefined
  const names = await tellLine(deps, results, lineAct)
  return { id: name, outcome: 'revoked', alsoRevoked: keep ? [] : names, kept: keep ? names : [] }
}
