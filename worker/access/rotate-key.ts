import {
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
import { keyCountsOf, ownApiKey, replaceApiKey } from '../../db/api-key.ts'
import { type LineAct, limitLine, lineOf, revokeLine } from '../../db/key-line.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import { keyView } from './key-view.ts'
import { settle, tellLine } from './settle.ts'

/**
 * Replaces a key by a new one with the same name, permissions, end and networks. The old key stays valid for
 * `overlapSeconds`, so that its users can change one by one. Its descendants end with it, unless `children` is `keep`. Throws
 * `key.invalid`, `key.forbidden` and `key.wider` (also for a key whose limits exceed the caller's), `key.not_found`,
 * `key.too_many`, `rate.limited`, `key.descendant` for a caller that would end itself, `database.unavailable`.
 */
export const rotateApiKey = verb(api.rotateKey, (ctx: CallContext<Needs<'keyring'>>, input) =>
  settle(() => rotate(ctx, input)),
)

async function rotate(
  ctx: CallContext<Needs<'keyring'>>,
  { id: name, overlapSeconds, children }: InputOf<typeof api.rotateKey>,
): Promise<AnswerOf<typeof api.rotateKeyDoc> | undefined> {
  const { tenant, workspace } = ctx
  const at = ctx.clock()
  const { keyId: next, secretHash, text } = mintApiKey(ctx.keyring, tenant, workspace)
  const line = { key: keyIdOf(name) ?? new Uint8Array(), workspace, spared: next }
  const [[old], room, known] = await ctx.read([
    ownApiKey(workspace, line.key),
    keyCountsOf(workspace, at),
    lineOf(line, at),
  ])
  if (!old || !counts(old, at)) throw new Fault({ code: 'key.not_found' })
  // The caller is shown the new key, so rotation must not hand out limits wider than its own.
  const widest = ctx.limits()
  if (widest) demandNarrower(widest, old)
  // Without a calling key the new one is a renewal of the old one, of the same maker.
  const by = ctx.keyId ?? old.id
  const end = children === 'end'
  const atOnce = overlapSeconds === 0
  if (end && known.some(({ id }) => equalBytes(id, by))) throw new Fault({ code: 'key.descendant' })
  demandRoom(room, atOnce ? 1 : 0)
  const oldEndsAt = Math.min(old.expiresAt ?? Number.POSITIVE_INFINITY, at + overlapSeconds * 1000)
  const entry = (type: EventType, subject: Uint8Array, data: LedgerEvent['data']) =>
    ctx.event(type, { at, subject: keyName(subject), data })
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
  const replacement = { old, workspace, by, next: { id: next, secretHash }, at, oldEndsAt }
  const ended = atOnce ? revokeLine(lineAct) : limitLine(lineAct, oldEndsAt)
  const act = [...replaceApiKey(replacement, created, rotated), ...(end ? ended : [])]
  const results = await ctx.commit(act, 'results')
  if (results[0]!.affected === 0) return undefined
  const names = await tellLine(ctx, results, lineAct)
  const itself = equalBytes(old.id, by)
  const made = {
    ...old,
    id: next,
    createdAt: at,
    lastUsedAt: null,
    madeBy: itself ? old.madeBy : by,
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
