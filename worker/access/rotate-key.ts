import {
  type ApiKeyClaims,
  authorize,
  counts,
  demandNarrower,
  demandRoom,
  keyIdOf,
  keyName,
  mintApiKey,
  permissionsIn,
} from '../../core/api-key.ts'
import { equalBytes } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'
import type { EventType, LedgerEvent } from '../../core/event.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById, keyCountsOf, ownApiKey, replaceApiKey } from '../../db/api-key.ts'
import { type LineAct, limitLine, lineOf, revokeLine } from '../../db/key-line.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import { keyEvent } from './key-event.ts'
import { keyView } from './key-view.ts'
import { settle, tellLine } from './settle.ts'

/**
 * Replaces a key by a new one with the same name, permissions, end and networks. The old key stays valid for
 * `overlapSeconds`, so that its users can change one by one. Its descendants end with it, unless `children` is `keep`. Throws
 * `key.invalid`, `key.forbidden` and `key.wider` (also for a key whose limits exceed the caller's), `key.not_found`,
 * `key.too_many`, `rate.limited`, `key.descendant` for a caller that would end itself, `database.unavailable`.
 */
export const rotateApiKey = (
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.rotateKey>,
): Promise<AnswerOf<typeof api.rotateKeyDoc>> => settle(() => rotate(deps, claim, input))

async function rotate(
  deps: Deps,
  claim: ApiKeyClaims,
  { id: name, overlapSeconds, children }: InputOf<typeof api.rotateKey>,
): Promise<AnswerOf<typeof api.rotateKeyDoc> | undefined> {
  const { tenant, workspace } = claim
  const at = deps.clock()
  const { keyId: next, secretHash, text } = mintApiKey(deps.keyring, tenant, workspace)
  const line = { key: keyIdOf(name) ?? new Uint8Array(), workspace, spared: next }
  const [[caller], [old], room, known] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    ownApiKey(workspace, line.key),
    keyCountsOf(workspace, at),
    lineOf(line, at),
  ])
  touchLastUsed(deps, authorize(claim, caller, api.rotateKey.permission).keyId, caller!.lastUsedAt)
  if (!old || !counts(old, at)) throw new Fault({ code: 'key.not_found' })
  // The caller is shown the new key, so rotation must not hand out limits wider than its own.
  demandNarrower(caller!, old)
  const end = children === 'end'
  const atOnce = overlapSeconds === 0
  if (end && known.some(({ id }) => equalBytes(id, claim.keyId))) throw new Fault({ code: 'key.descendant' })
  demandRoom(room, atOnce ? 1 : 0)
  const oldEndsAt = Math.min(old.expiresAt ?? Number.POSITIVE_INFINITY, at + overlapSeconds * 1000)
  const entry = (type: EventType, subject: Uint8Array, data: LedgerEvent['data']) =>
    keyEvent(claim, { id: deps.ids(at), at, type, subject: keyName(subject), data })
  const created = entry('api_key.created', next, {
    permissions: permissionsIn(old.permissions).join(' '),
    ...(old.expiresAt !== null && { expiresAt: old.expiresAt }),
    replaces: name,
  })
  const rotated = entry('api_key.rotated', old.id, { replacedBy: keyName(next), endsAt: oldEndsAt })
  const lineAct: LineAct = {
    line,
    known,
    because: created,
    entryOf: id =>
      atOnce
        ? entry('api_key.revoked', id, { with: name })
        : entry('api_key.limited', id, { with: name, endsAt: oldEndsAt }),
  }
  const replacement = { old, workspace, by: claim.keyId, next: { id: next, secretHash }, at, oldEndsAt }
  const ended = atOnce ? revokeLine(lineAct) : limitLine(lineAct, oldEndsAt)
  const act = [...replaceApiKey(replacement, created, rotated), ...(end ? ended : [])]
  const results = await deps.db.commit(act, 'results')
  if (results[0]!.affected === 0) return undefined
  const names = await tellLine(deps, results, lineAct)
  const itself = equalBytes(old.id, claim.keyId)
  const made = {
    ...old,
    id: next,
    createdAt: at,
    lastUsedAt: null,
    madeBy: itself ? old.madeBy : claim.keyId,
    renewalOf: itself ? old.id : null,
  }
  return {
    ...keyView(made),
    key: text,
    replaces: name,
    oldExpiresAt: timestamp(oldEndsAt),
    alsoRevoked: end && atOnce ? names : [],
    alsoEnding: end && !atOnce ? names : [],
    kept: end ? [] : names,
  }
}
