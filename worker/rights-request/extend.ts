import { timestamp } from '../../core/clock.ts'
import { CASE_STATES } from '../../core/codes/rights.ts'
import { Fault } from '../../core/fault.ts'
import { extendRequest, rightsRequestByRef } from '../../db/rights-request.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import { caseView } from '../rights/case.ts'
import { requestRefOf } from '../rights/link.ts'
import { deadlineOf, regimesOf } from '../rights/regime.ts'
import * as api from './api.ts'

/**
 * Extends a request by the period that the law allows, once and before its deadline; where several laws apply, by the
 * strictest. A repetition changes nothing. Throws `key.invalid`, `key.forbidden`, `rights_request.not_found`,
 * `rights_request.closed`, `rights_request.no_extension`, `database.unavailable`.
 */
export const extendCase = verb(
  api.extendRightsRequest,
  async (ctx: CallContext, { id }): Promise<AnswerOf<typeof api.extendRightsRequestDoc>> => {
    const ref = requestRefOf(id) ?? new Uint8Array()
    const [[row], [workspace]] = await ctx.read([
      rightsRequestByRef(ctx.workspace, ref),
      workspaceByNumber(ctx.workspace),
    ])
    if (!row) throw new Fault({ code: 'rights_request.not_found' })
    if (row.state !== CASE_STATES.open || row.dueAt === null)
      throw new Fault({ code: 'rights_request.closed' })
    const at = ctx.clock()
    if (row.extendedAt !== null) return caseView(row, at)
    const later = deadlineOf(regimesOf(workspace!.regimes), row.openedAt, true)
    if (later.dueAt <= row.dueAt || row.dueAt <= at)
      throw new Fault({ code: 'rights_request.no_extension', dueAt: timestamp(row.dueAt) })
    const extended = ctx.event('rights.extended', {
      at,
      addressId: row.addressId,
      subject: id,
      data: { dueAt: timestamp(later.dueAt), regime: later.regime },
    })
    await ctx.commit(extendRequest(ref, later, extended), 'results')
    // Not by `ctx.read`: a key that ended meanwhile did this too.
    const [[now]] = await ctx.db.read('fresh', [rightsRequestByRef(ctx.workspace, ref)])
    if (now?.state !== CASE_STATES.open) throw new Fault({ code: 'rights_request.closed' })
    return caseView(now, at)
  },
)
