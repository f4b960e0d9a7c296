import { DAY_MS, timestamp } from '../../core/clock.ts'
import { refusalsOf } from '../../db/inbound.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import * as api from './api.ts'

/** Lists refused reports and mails of the key's workspace, newest day first. */
export const listRefused = verb(
  api.listRefusedReports,
  async (ctx: CallContext): Promise<AnswerOf<typeof api.listRefusedReportsDoc>> => {
    const [rows] = await ctx.read([refusalsOf(ctx.workspace)])
    return {
      refused: rows.map(({ day, door, why, count, lastAt, lastOctets }) => ({
        day: timestamp(day * DAY_MS).slice(0, 10),
        door,
        why,
        count,
        lastAt: timestamp(lastAt),
        lastOctets,
      })),
    }
  },
)
