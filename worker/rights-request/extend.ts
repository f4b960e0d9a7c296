import { actorText } from '../../core/actor.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { timestamp } from '../../core/clock.ts'
import { CASE_STATES } from '../../core/codes/rights.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { extendRequest, rightsRequestByRef } from '../../db/rights-request.ts'
import { workspaceByNumber } from '../../db/tenant.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { caseView } from '../rights/case.ts'
import { requestRefOf } from '../rights/link.ts'
import { deadlineOf, regimesOf } from '../rights/regime.ts'
import * as api from './api.ts'

/**
 * Extends a request by the period that the law allows, once and before its deadline; where several laws apply, by the
 * strictest. A repetition changes nothing. Throws `key.invalid`, `key.forbidden`, `rights_request.not_found`,
 * `rights_request.closed`, `rights_request.no_extension`, `database.unavailable`.
 */
export async function extendCase(
  deps: Deps,
  claim: ApiKeyClaims,
  { id }: InputOf<typeof api.extendRightsRequest>,
): Promise<AnswerOf<typeof api.extendRightsRequestDoc>> {
  const ref = requestRefOf(id) ?? new Uint8Array()
  const [[key], [row], [workspace]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    rightsRequestByRef(claim.workspace, ref),
    workspaceByNumber(claim.workspace),
  ])
  const principal = authorize(claim, key, api.extendRightsRequest.permission)
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  if (!row) throw new Fault({ code: 'rights_request.not_found' })
  if (row.state !== CASE_STATES.open || row.dueAt === null) throw new Fault({ code: 'rights_request.closed' })
  const at = deps.clock()
  if (row.extendedAt !== null) return caseView(row, at)
  const later = deadlineOf(regimesOf(workspace!.regimes), row.openedAt, true)
  if (later.dueAt <= row.dueAt || row.dueAt <= at)
    throw new Fault({ code: 'rights_request.no_extension', dueAt: timestamp(row.dueAt) })
  await deps.db.commit(
    extendRequest(ref, later, {
      id: deps.ids(at),
      at,
      tenant: claim.tenant,
      workspace: claim.workspace,
      type: 'rights.extended',
      actor: actorText({ kind: 'sender', keyId: principal.keyId }),
      addressId: row.addressId,
      subject: id,
      data: { dueAt: timestamp(later.dueAt), regime: later.regime },
    }),
    'results',
  )
  const [[now]] = await deps.db.read('fresh', [rightsRequestByRef(claim.workspace, ref)])
  if (now?.state !== CASE_STATES.open) throw new Fault({ code: 'rights_request.closed' })
  return caseView(now, at)
}
