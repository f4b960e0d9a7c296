import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { CASE_STATES, RIGHTS } from '../../core/codes/rights.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { rightsRequestsBefore } from '../../db/rights-request.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { caseView } from '../rights/case.ts'
import * as api from './api.ts'
import { subjectOf } from './subject.ts'

/**
 * Lists the rights requests of the key's workspace, newest first; the recipient is included only while a request is open.
 * More pages follow while there is a `next`. Throws `key.invalid`, `key.forbidden`, `request.invalid` for another tenant's
 * cursor, `database.unavailable`.
 */
export async function listRequests(
  deps: Deps,
  claim: ApiKeyClaims,
  { state, right, cursor, limit }: InputOf<typeof api.listRightsRequests>,
): Promise<AnswerOf<typeof api.listRightsRequestsDoc>> {
  const seq =
    cursor === undefined ? Number.MAX_SAFE_INTEGER : await openCursor(deps.ring, claim.tenant, cursor)
  if (seq === undefined) throw invalidField('cursor', 'is not a cursor of this list')
  const wanted = {
    workspace: claim.workspace,
    state: state === undefined ? null : CASE_STATES[state],
    right: right === undefined ? null : RIGHTS[right],
  }
  const [[key], rows] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    rightsRequestsBefore(wanted, seq, limit),
  ])
  touchLastUsed(deps, authorize(claim, key, api.listRightsRequests.permission).keyId, key!.lastUsedAt)
  const now = deps.clock()
  const requests = await Promise.all(
    rows.map(async row => ({ ...caseView(row, now), ...(await subjectOf(deps, row)) })),
  )
  if (rows.length < limit) return { requests }
  return { requests, next: await sealCursor(deps.ring, claim.tenant, rows.at(-1)!.seq) }
}
