import { DAY_MS, timestamp } from '../../core/clock.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import type { EventType } from '../../core/event.ts'
import { Fault, invalidField } from '../../core/fault.ts'
import { firstUncounted, type StatisticRow, statisticsOf } from '../../db/statistic.ts'
import { topicByName } from '../../db/topic.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf, InputOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './statistics-api.ts'

/** Rows examined for one page with a filter, which bounds its cost when few match. */
const REACH = 2000

type Input = InputOf<typeof api.readStatistics>
type Counts = AnswerOf<typeof api.readStatisticsDoc>['counts'][number]

/**
 * Returns how many events of the key's workspace there were, by day. More pages follow while there is a `next`. Throws
 * `key.invalid`, `key.forbidden`, `topic.not_found`, `request.invalid` for days that are none or too many and for another tenant's
 * cursor, `database.unavailable`.
 */
export const readStatistics = verb(
  api.readStatistics,
  async (ctx: CallContext<Needs<'ring'>>, input: Input): Promise<AnswerOf<typeof api.readStatisticsDoc>> => {
    const { tenant, workspace } = ctx
    const { topic, types, cursor, limit } = input
    // Read before the database is asked: what happens meanwhile is not counted.
    const now = ctx.clock()
    const days = daysOf(input, now)
    const after = cursor === undefined ? undefined : await openCursor(ctx.ring, tenant, cursor)
    if (cursor !== undefined && after === undefined)
      throw invalidField('cursor', 'is not a cursor of these statistics')
    const reach = topic === undefined && types === undefined ? limit + 1 : REACH
    const [uncountedAt, rows, named] = await ctx.read([
      firstUncounted(workspace),
      statisticsOf({ workspace, ...days, after, limit: reach }),
      topicByName(workspace, topic ?? ''),
    ])
    if (topic !== undefined && named.length === 0) throw new Fault({ code: 'topic.not_found', topic })
    const found = rows.filter(
      row =>
        (topic === undefined || row.topic === named[0]!.topic) &&
        (types === undefined || types.includes(row.type as EventType)),
    )
    const shown = found.slice(0, limit)
    const last = found.length > limit ? shown.at(-1)! : rows.length === reach ? rows.at(-1)! : undefined
    return {
      from: dateOf(days.from),
      to: dateOf(days.to),
      upTo: timestamp(uncountedAt ?? now),
      counts: shown.map(countsOf),
      ...(last && { next: await sealCursor(ctx.ring, tenant, last.id) }),
    }
  },
)

/** Returns the first and the last day, since 1970. Throws `request.invalid` where they are in the wrong order or too many. */
function daysOf({ from, to }: Pick<Input, 'from' | 'to'>, now: number): { from: number; to: number } {
  const last = to === undefined ? Math.floor(now / DAY_MS) : dayOf(to)
  const first = from === undefined ? last - api.DAYS_DEFAULT + 1 : dayOf(from)
  if (first > last) throw invalidField('from', to === undefined ? 'is after today' : 'is after `to`')
  if (last - first >= api.DAYS_MAX)
    throw invalidField('from', `is more than ${api.DAYS_MAX} days before the last day`)
  return { from: first, to: last }
}

const dayOf = (date: string): number => Date.parse(date) / DAY_MS
const dateOf = (day: number): string => timestamp(day * DAY_MS).slice(0, 10)

const countsOf = ({ day, type, topicName, reason, via, count }: StatisticRow): Counts => ({
  day: dateOf(day),
  type: type as Counts['type'],
  ...(topicName !== null && { topic: topicName }),
  ...(reason !== '' && { reason }),
  ...(via !== '' && { via }),
  count,
})
