import { CASE_OUTCOMES } from '../../core/codes/rights.ts'
import { Fault } from '../../core/fault.ts'
import { closeRequest, rightsRequestByRef } from '../../db/rights-request.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import { caseView } from '../rights/case.ts'
import { requestRefOf } from '../rights/link.ts'
import * as api from './api.ts'

/**
 * Closes a request that its sender has answered, and erases the stored address. A repetition changes nothing. Throws
 * `key.invalid`, `key.forbidden`, `rights_request.not_found`, `rights_request.closed` where it was closed with another
 * outcome, `database.unavailable`.
 */
export const closeCase = verb(
  api.closeRightsRequest,
  async (ctx: CallContext, { id, outcome }): Promise<AnswerOf<typeof api.closeRightsRequestDoc>> => {
    const ref = requestRefOf(id) ?? new Uint8Array()
    const [[row]] = await ctx.read([rightsRequestByRef(ctx.workspace, ref)])
    if (!row) throw new Fault({ code: 'rights_request.not_found' })
    const at = ctx.clock()
    const { addressId } = row
    const closed = ctx.event('rights.closed', { at, addressId, subject: id, data: { outcome } })
    await ctx.commit(closeRequest(ref, CASE_OUTCOMES[outcome], closed), 'results')
    // A concurrent call may have closed it with another outcome, or the recipient was erased. Not by
    // `ctx.read`: a key that ended meanwhile did this too.
    const [[now]] = await ctx.db.read('fresh', [rightsRequestByRef(ctx.workspace, ref)])
    if (now?.outcome !== CASE_OUTCOMES[outcome] || now.dueAt === null)
      throw new Fault({ code: 'rights_request.closed' })
    return caseView(now, at)
  },
)
