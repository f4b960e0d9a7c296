import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { arrivalsOf, eventOfRightsRequest } from '../../db/event-list.ts'
import { recipientKeyOf } from '../../db/recipient-key.ts'
import { aboutRightsRequest, rightsRequestByRef } from '../../db/rights-request.ts'
import { evidenceKeys, openHistory } from '../consent/history.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { caseView } from '../rights/case.ts'
import { requestRefOf } from '../rights/link.ts'
import * as api from './api.ts'
import { subjectOf } from './subject.ts'

/**
 * Returns a request with the recipient's message; `message` is null after erasure. Throws `key.invalid`, `key.forbidden`,
 * `rights_request.not_found`, `database.unavailable`.
 */
export async function getRequest(
  deps: Deps,
  claim: ApiKeyClaims,
  { id }: InputOf<typeof api.getRightsRequest>,
): Promise<AnswerOf<typeof api.getRightsRequestDoc>> {
  const ref = requestRefOf(id) ?? new Uint8Array()
  const about = aboutRightsRequest(claim.workspace, ref)
  const [[key], [row], [event], arrivals, [recipientKey]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    rightsRequestByRef(claim.workspace, ref),
    eventOfRightsRequest(claim.workspace, ref),
    arrivalsOf(about.addressId),
    recipientKeyOf(about.addressId),
  ])
  touchLastUsed(deps, authorize(claim, key, api.getRightsRequest.permission).keyId, key!.lastUsedAt)
  if (!row) throw new Fault({ code: 'rights_request.not_found' })
  const asked = event?.type === 'rights.requested'
  const keys = await evidenceKeys(deps, claim.tenant, recipientKey, arrivals)
  const [opened] = asked ? await openHistory(keys, [event]) : []
  return {
    ...caseView(row, deps.clock()),
    ...(await subjectOf(deps, row)),
    ...(opened && { message: (opened.evidence?.['message'] as string | undefined) ?? null }),
  }
}
