import { actorText } from '../../core/actor.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { CASE_OUTCOMES } from '../../core/codes/rights.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { closeRequest, rightsRequestByRef } from '../../db/rights-request.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { caseView } from '../rights/case.ts'
import { requestRefOf } from '../rights/link.ts'
import * as api from './api.ts'

/**
 * Closes a request that its sender has answered, and erases the stored address. A repetition changes nothing. Throws
 * `key.invalid`, `key.forbidden`, `rights_request.not_found`, `rights_request.closed` where it was closed with another
 * outcome, `database.unavailable`.
 */
export async function closeCase(
  deps: Deps,
  claim: ApiKeyClaims,
  { id, outcome }: InputOf<typeof api.closeRightsRequest>,
): Promise<AnswerOf<typeof api.closeRightsRequestDoc>> {
  const ref = requestRefOf(id) ?? new Uint8Array()
  const [[key], [row]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    rightsRequestByRef(claim.workspace, ref),
  ])
  const principal = authorize(claim, key, api.closeRightsRequest.permission)
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  if (!row) throw new Fault({ code: 'rights_request.not_found' })
  const at = deps.clock()
  await deps.db.commit(
    closeRequest(ref, CASE_OUTCOMES[outcome], {
      id: deps.ids(at),
      at,
      tenant: claim.tenant,
      workspace: claim.workspace,
      type: 'rights.closed',
      actor: actorText({ kind: 'sender', keyId: principal.keyId }),
      addressId: row.addressId,
      subject: id,
      data: { outcome },
    }),
    'results',
  )
  // A concurrent call may have closed it with another outcome, or the recipient was erased.
  const [[now]] = await deps.db.read('fresh', [rightsRequestByRef(claim.workspace, ref)])
  if (now?.outcome !== CASE_OUTCOMES[outcome] || now.dueAt === null)
    throw new Fault({ code: 'rights_request.closed' })
  return caseView(now, at)
}
