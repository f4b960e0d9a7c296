import { demandNarrower, demandPermissions, keyIdOf, keyName } from '../../core/api-key.ts'
import { equalBytes } from '../../core/bytes.ts'
import { Fault } from '../../core/fault.ts'
import { ownApiKey } from '../../db/api-key.ts'
import { lineOf, revokeApiKey } from '../../db/key-line.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './api.ts'
import { settle, tellLine } from './settle.ts'

/**
 * Revokes a key of the caller's workspace, which may be the caller's own; the next call with it is refused at every location.
 * Its descendants are revoked with it, or pass to the caller where `children` is `keep`. A renewal that revokes its
 * predecessor is not revoked with it. Throws `key.invalid`, `key.forbidden` (also for a key with permissions the caller
 * lacks), `key.not_found` (also for another workspace's key, and for a revoked key without a valid descendant), `key.wider`
 * and `key.descendant` where the caller may not keep the descendants, `database.unavailable`.
 */
export const revokeKey = verb(api.revokeKey, (ctx: CallContext, input) => settle(() => revoke(ctx, input)))

async function revoke(
  ctx: CallContext,
  { id: name, children }: InputOf<typeof api.revokeKey>,
): Promise<AnswerOf<typeof api.revokeKeyDoc> | undefined> {
  const id = keyIdOf(name)
  const at = ctx.clock()
  const { workspace, keyId: by = null } = ctx
  const line = { key: id ?? new Uint8Array(), workspace, spared: by }
  const [[key], known] = await ctx.read([ownApiKey(workspace, line.key), lineOf(line, at)])
  if (!key || (key.revokedAt !== null && known.length === 0)) throw new Fault({ code: 'key.not_found' })
  const widest = ctx.limits()
  if (widest) demandPermissions(widest, key.permissions)
  const keep = children === 'keep'
  if (keep && by) {
    // A leaked key may have created its descendants, so neither may keep the other's.
    const ofTheKey = equalBytes(key.id, by) || known.some(one => equalBytes(one.id, by))
    if (ofTheKey) throw new Fault({ code: 'key.descendant' })
  }
  if (keep && widest) demandNarrower(widest, key)
  const because = ctx.event('api_key.revoked', { at, subject: name, data: { children } })
  const lineAct = {
    line,
    known,
    because,
    entryOf: (one: Uint8Array) =>
      ctx.event(keep ? 'api_key.kept' : 'api_key.revoked', {
        at,
        subject: keyName(one),
        data: { with: name },
      }),
  }
  const results = await ctx.commit(revokeApiKey({ ...lineAct, by }, keep), 'results')
  if (results[0]!.affected === 0) return undefined
  const names = await tellLine(ctx, results, lineAct)
  return { id: name, outcome: 'revoked', alsoRevoked: keep ? [] : names, kept: keep ? names : [] }
}
