import * as z from 'zod/mini'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { CASE_STATES, type CaseState, RIGHTS, type Right } from '../../core/codes/rights.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { pageLimit } from '../../core/page.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { rightsRequestsBefore } from '../../db/rights-request.ts'
import type { Deps } from '../deps.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import { type CaseView, caseView } from '../rights/case.ts'
import { type RequestSubject, subjectOf } from './subject.ts'

/** Input of `GET /v1/rights-requests`, from its query. */
export const ListInput = z.strictObject({
  state: z.optional(z.enum(Object.keys(CASE_STATES) as [CaseState])),
  right: z.optional(z.enum(Object.keys(RIGHTS) as [Right])),
  cursor: z.optional(z.string()),
  limit: pageLimit,
})

/**
 * Lists what recipients demanded of the key's workspace about their data, newest first: what waits for an answer with whom it is
 * about, what was done at once without. Go on while there is a `next`.
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for a cursor that is not this tenant's, `database.unavailable`.
 */
export async function listRequests(
  deps: Deps,
  claim: ApiKeyClaims,
  { state, right, cursor, limit }: z.infer<typeof ListInput>,
): Promise<{ requests: (CaseView & { recipient?: RequestSubject })[]; next?: string }> {
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
  touchLastUsed(deps, authorize(claim, key, 'rights:read').keyId, key!.lastUsedAt)
  const now = deps.clock()
  const requests = await Promise.all(
    rows.map(async row => ({ ...caseView(row, now), ...(await subjectOf(deps, row)) })),
  )
  if (rows.length < limit) return { requests }
  return { requests, next: await sealCursor(deps.ring, claim.tenant, rows.at(-1)!.seq) }
}
