import { suppressionId } from '../../core/codes/scope.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { type ListedRow, listed, reachOf } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { leaveTrace } from '../call/read-trace.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import type { SuppressionFilter } from './api.ts'
import * as api from './api.ts'
import { type Sight, sightOf, viewOf } from './view.ts'

/** Events scanned for one page, which bounds its cost when few match. */
const EVENTS_PER_PAGE = 2000
/** Tolerance between the order of events and their times, since clocks of two places differ. */
const SKEW_MS = 60_000

/**
 * Lists the suppressions visible to the key, newest first. A page may have fewer than `limit`, even none, and still a `next`.
 * Throws `key.invalid`, `key.forbidden`, `topic.not_found`, `request.invalid` for another tenant's cursor,
 * `database.unavailable`.
 */
export const list = verb(
  api.listSuppressions,
  async (
    ctx: CallContext<Needs<'ring'>>,
    { cursor, limit, ...filter },
  ): Promise<AnswerOf<typeof api.listSuppressionsDoc>> => {
    const { tenant, workspace } = ctx
    const seq = cursor === undefined ? Number.MAX_SAFE_INTEGER : await openCursor(ctx.ring, tenant, cursor)
    if (seq === undefined) throw invalidField('cursor', 'is not a cursor of this list')
    const ledger = { tenant, direction: 'older', seq, events: EVENTS_PER_PAGE } as const
    const [topics, rows, reach] = await ctx.read([
      topicsOf(workspace),
      listed(ledger, publicId),
      reachOf(ledger),
    ])
    const found = matching(rows, narrowed(sightOf(workspace, topics), filter), filter, ctx.clock())
    const shown = found.slice(0, limit)
    const more = found.length > limit
    const ended =
      reach.events < EVENTS_PER_PAGE || (filter.since && reach.oldest < Date.parse(filter.since) - SKEW_MS)
    if (shown.length > 0) await leaveTrace(ctx, 'list')
    const last = more ? shown.at(-1)!.seq : ended ? undefined : reach.first
    return {
      suppressions: shown.map(({ view }) => view),
      ...(last !== undefined && { next: await sealCursor(ctx.ring, tenant, last) }),
    }
  },
)

/** Returns the public id of a row, which events about it have as their subject. */
export const publicId = ({
  addressId,
  scope,
  reason,
}: ListedRow | Parameters<Parameters<typeof listed>[1]>[0]): string => suppressionId(addressId, scope, reason)

/** Returns the scopes of a sight that pass a filter. Throws `topic.not_found`. */
export function narrowed(sight: Sight, { scope, topic }: SuppressionFilter): Sight {
  if (topic !== undefined && ![...sight.values()].some(reach => reach.topic === topic)) {
    throw new Fault({ code: 'topic.not_found', topic })
  }
  return new Map(
    [...sight].filter(
      ([, reach]) =>
        (scope === undefined || reach.scope === scope) && (topic === undefined || reach.topic === topic),
    ),
  )
}

/** Returns the visible rows that match a filter, with their views. */
export const matching = (
  rows: ListedRow[],
  sight: Sight,
  { reason, source, since }: SuppressionFilter,
  now: number,
) =>
  rows.flatMap(row => {
    const view = viewOf(row, sight, now)
    const matches =
      view !== undefined &&
      (reason === undefined || view.reason === reason) &&
      (source === undefined || view.source === source) &&
      (since === undefined || row.at >= Date.parse(since))
    return matches ? { ...row, view } : []
  })
