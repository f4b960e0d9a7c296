import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { topicsAfter } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'

/**
 * Lists the topics of the key's workspace, oldest first. More pages follow while there is a `next`.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for another tenant's cursor, `database.unavailable`.
 */
export const listTopics = verb(
  api.listTopics,
  async (ctx: CallContext<Needs<'ring'>>, { cursor, limit }): Promise<AnswerOf<typeof api.listTopicsDoc>> => {
    const after = cursor === undefined ? 0 : await openCursor(ctx.ring, ctx.tenant, cursor)
    if (after === undefined) throw invalidField('cursor', 'is not a cursor of this list')
    const [rows] = await ctx.read([topicsAfter(ctx.workspace, after, limit + 1)])
    const shown = rows.slice(0, limit)
    return {
      topics: shown.map(({ frequency, ...topic }) => ({
        ...topic,
        ...(frequency !== null && { frequency }),
      })),
      ...(rows.length > limit && { next: await sealCursor(ctx.ring, ctx.tenant, shown.at(-1)!.number) }),
    }
  },
)
