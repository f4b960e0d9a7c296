import { actorText } from '../../core/actor.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { suppressionKey } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { lift } from '../../db/suppression.ts'
import { suppressionByKey } from '../../db/suppression-list.ts'
import { topicsOf } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'
import { onlyLiftedBy, sightOf, viewOf } from './view.ts'

/**
 * Lifts a suppression that a sender made, with its ledger event. `accepted`: the lift lies in the journal, and applies if the
 * suppression is unchanged once the database has it; until then checks deny.
 *
 * Throws `suppression.not_found`; `suppression.recipient_made` for one that only the recipient lifts and `suppression.legal`
 * for one that only an operator lifts; `suppression.changed` where it changed meanwhile; `key.invalid`, `key.forbidden`,
 * `database.unavailable`.
 */
export async function liftSuppression(
  deps: Deps,
  claim: ApiKeyClaims,
  { id }: InputOf<typeof api.liftSuppression>,
): Promise<AnswerOf<typeof api.liftSuppressionDoc>> {
  const named = suppressionKey(id)
  const [[key], topics, [row]] = await deps.db.read('fresh', [
    apiKeyById(claim.keyId),
    topicsOf(claim.workspace),
    suppressionByKey(claim.tenant, named ?? { addressId: new Uint8Array(), scope: 0, reason: 0 }),
  ])
  const principal = authorize(claim, key, api.liftSuppression.permission)
  touchLastUsed(deps, principal.keyId, key!.lastUsedAt)
  const view = row && viewOf(row, sightOf(claim.workspace, topics), deps.clock())
  if (!view) throw new Fault({ code: 'suppression.not_found' })
  const liftedBy = onlyLiftedBy(view)
  if (liftedBy) {
    const code = liftedBy === 'operator' ? 'suppression.legal' : 'suppression.recipient_made'
    throw new Fault({ code, liftedBy })
  }
  const at = deps.clock()
  const results = await deps.db.commit(
    lift(row, {
      id: deps.ids(at),
      at,
      tenant: claim.tenant,
      workspace: claim.workspace,
      type: 'suppression.lifted',
      actor: actorText({ kind: 'sender', keyId: principal.keyId }),
      addressId: row.addressId,
      subject: id,
      data: { scope: view.scope, reason: view.reason, source: view.source, via: 'api' },
    }),
  )
  if (!results) return { id, outcome: 'accepted' }
  if (results[0]!.affected === 0) throw new Fault({ code: 'suppression.changed' })
  return { id, outcome: 'lifted' }
}
