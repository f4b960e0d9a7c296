import { keyIdOf, keyName } from '../../core/api-key.ts'
import { invalidField } from '../../core/fault.ts'
import { apiKeysAfter, ownApiKey } from '../../db/api-key.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './api.ts'
import { keyView } from './key-view.ts'

const NO_KEY = new Uint8Array()

/**
 * Lists the keys of the caller's workspace, ended ones included, newest first. More pages follow while there is a `next`.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for a cursor that is not of this list, `database.unavailable`.
 */
export const listApiKeys = verb(
  api.listKeys,
  async (ctx: CallContext, { cursor, limit }): Promise<AnswerOf<typeof api.listKeysDoc>> => {
    // Keys are never deleted, so the last key of a page stays a valid cursor.
    const after = cursor === undefined ? null : (keyIdOf(cursor) ?? NO_KEY)
    const [[last], rows] = await ctx.read([
      ownApiKey(ctx.workspace, after ?? NO_KEY),
      apiKeysAfter(ctx.workspace, after, limit),
    ])
    if (after !== null && !last) throw invalidField('cursor', 'is not a cursor of this list')
    const keys = rows.map(keyView)
    if (rows.length < limit) return { keys }
    return { keys, next: keyName(rows.at(-1)!.id) }
  },
)
