import { CASE_STATES, RIGHTS } from '../../core/codes/rights.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { rightsRequestsBefore } from '../../db/rights-request.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { leaveTrace } from '../call/read-trace.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import { caseView } from '../rights/case.ts'
import * as api from './api.ts'
import { subjectOf } from './subject.ts'

/**
 * Lists the rights requests of the key's workspace, newest first; the recipient is included only while a request is open.
 * More pages follow while there is a `next`. Throws `key.invalid`, `key.forbidden`, `request.invalid` for another tenant's
 * cursor, `database.unavailable`.
 */
export const listRequests = verb(
  api.listRightsRequests,
  async (
    ctx: CallContext<Needs<'ring' | 'cipher'>>,
    { state, right, cursor, limit },
  ): Promise<AnswerOf<typeof api.listRightsRequestsDoc>> => {
    const seq =
      cursor === undefined ? Number.MAX_SAFE_INTEGER : await openCursor(ctx.ring, ctx.tenant, cursor)
    if (seq === undefined) throw invalidField('cursor', 'is not a cursor of this list')
    const wanted = {
      workspace: ctx.workspace,
      state: state === undefined ? null : CASE_STATES[state],
      right: right === undefined ? null : RIGHTS[right],
    }
    const [rows] = await ctx.read([rightsRequestsBefore(wanted, seq, limit)])
    const now = ctx.clock()
    const requests = await Promise.all(
      rows.map(async row => ({ ...caseView(row, now), ...(await subjectOf(ctx, row)) })),
    )
    if (rows.some(({ sealed }) => sealed)) await leaveTrace(ctx, 'rights_request')
    if (rows.length < limit) return { requests }
    return { requests, next: await sealCursor(ctx.ring, ctx.tenant, rows.at(-1)!.seq) }
  },
)
