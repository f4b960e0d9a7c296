import { hashOfAddress, hashOfHex } from '../../core/address.ts'
import { invalidField } from '../../core/fault.ts'
import { suppressionsOf } from '../../db/suppression.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { leaveTrace } from '../call/read-trace.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import { suppressionNamed } from './lift.ts'
import { sightOf, viewOf } from './view.ts'

/**
 * Finds the suppressions of a recipient that apply to the key's workspace, except the platform's. Throws `key.invalid`,
 * `key.forbidden`, `request.invalid`, `database.unavailable`.
 */
export const find = verb(
  api.findSuppressions,
  async (ctx: CallContext<Needs<'indexes'>>, input): Promise<AnswerOf<typeof api.findSuppressionsDoc>> => {
    const hash = input.address === undefined ? hashOfHex(input.sha256!) : hashOfAddress(input.address)
    if (hash === undefined) {
      throw input.address === undefined
        ? invalidField('sha256', 'must be 64 hex digits')
        : invalidField('address', 'is not an address')
    }
    const [topics, rows] = await ctx.read([
      topicsOf(ctx.workspace),
      suppressionsOf(ctx.indexes.tenant(ctx.tenant).id(hash)),
    ])
    await leaveTrace(ctx, 'find')
    const sight = sightOf(ctx.workspace, topics)
    const now = ctx.clock()
    return { suppressions: rows.flatMap(row => viewOf(row, sight, now) ?? []) }
  },
)

/**
 * Returns a suppression by its id. Throws `suppression.not_found`, also for another tenant's or workspace's, and as `find`
 * does.
 */
export const get = verb(
  api.getSuppression,
  async (ctx: CallContext, { id }): Promise<AnswerOf<typeof api.getSuppressionDoc>> =>
    (await suppressionNamed(ctx, id)).view,
)
