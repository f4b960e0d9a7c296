import { scopeName, suppressionId } from '../../core/codes/scope.ts'
import { sourceOf } from '../../core/codes/source.ts'
import { newRef } from '../../core/id.ts'
import { appendIfChanged } from '../../db/event.ts'
import { linkByRef } from '../../db/rights-link.ts'
import { lift, suppressionsOf } from '../../db/suppression.ts'
import { topicsOf } from '../../db/topic.ts'
import { complaintsWithin } from '../suppression/complaint.ts'
import { sightOf } from '../suppression/view.ts'
import type { RightsDeps } from './deps.ts'
import { rightsEvent } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/**
 * Withdraws every complaint that suppresses mail of the sender whose mail led here, whoever recorded it; complaints about
 * other senders stay. Returns whether there was one. Throws `rights_session.over`, `database.unavailable`.
 */
export async function withdrawComplaint(deps: RightsDeps, session: string): Promise<boolean> {
  const claim = await readSession(deps, session)
  const [[link], rows, topics] = await deps.db.read('fresh', [
    linkByRef(claim.ref),
    suppressionsOf(claim.addressId),
    topicsOf(claim.workspace),
  ])
  await stillOpen(deps, claim, link)
  const at = deps.clock()
  const acts = complaintsWithin(rows, sightOf(claim.workspace, topics), at).map(row => {
    const subject = suppressionId(row.addressId, row.scope, row.reason)
    const scope = scopeName(row.scope)
    const withdrawn = rightsEvent(deps.ids, claim, 'complaint.withdrawn', newRef(), at, { scope })
    const data = { scope, reason: 'complained', source: sourceOf(row.source), via: 'rights' }
    return [
      ...lift(row, { ...withdrawn, id: deps.ids(at), type: 'suppression.lifted', subject, data }),
      appendIfChanged({ ...withdrawn, subject }),
    ]
  })
  if (acts.length === 0) return false
  const results = await deps.db.commit(acts.flat(), 'results')
  return results.some(({ affected }) => affected > 0)
}
