import { Fault } from '../../core/fault.ts'
import { arrivalsOf, eventOfRightsRequest } from '../../db/event-list.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { aboutRightsRequest, rightsRequestByRef } from '../../db/rights-request.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { leaveTrace } from '../call/read-trace.ts'
import { verb } from '../call/verb.ts'
import { evidenceKeys, openHistory } from '../consent/history.ts'
import type { Deps } from '../deps.ts'
import { caseView } from '../rights/case.ts'
import { requestRefOf } from '../rights/link.ts'
import * as api from './api.ts'
import { subjectOf } from './subject.ts'

/**
 * Returns a request with the recipient's message; `message` is null after erasure. Throws `key.invalid`, `key.forbidden`,
 * `rights_request.not_found`, `database.unavailable`.
 */
export const getRequest = verb(
  api.getRightsRequest,
  async (ctx: CallContext<Deps>, { id }): Promise<AnswerOf<typeof api.getRightsRequestDoc>> => {
    const ref = requestRefOf(id) ?? new Uint8Array()
    const about = aboutRightsRequest(ctx.workspace, ref)
    const [[row], [event], arrivals, [recipientKey]] = await ctx.read([
      rightsRequestByRef(ctx.workspace, ref),
      eventOfRightsRequest(ctx.workspace, ref),
      arrivalsOf(about.addressId),
      recipientKeyOf(about.addressId),
    ])
    if (!row) throw new Fault({ code: 'rights_request.not_found' })
    const asked = event?.type === 'rights.requested'
    const keys = await evidenceKeys(ctx, ctx.tenant, recipientKey, arrivals)
    const [opened] = asked ? await openHistory(keys, [event]) : []
    const subject = await subjectOf(ctx, row)
    if (row.sealed || opened) await leaveTrace(ctx, 'rights_request')
    return {
      ...caseView(row, ctx.clock()),
      ...subject,
      ...(opened && { message: (opened.evidence?.['message'] as string | undefined) ?? null }),
    }
  },
)
