import { type Clock, systemClock } from '../core/clock.ts'
import { suppressionKey } from '../core/codes/scope.ts'
import type { Endpoint } from '../db/engine/hrana.ts'
import { lift } from '../db/suppression.ts'
import { suppressionByKey } from '../db/suppression-list.ts'
import { topicsOf } from '../db/topic.ts'
import type { SuppressionView } from '../worker/suppression/api.ts'
import { isRecipientsOwn, sightOf, viewOf } from '../worker/suppression/view.ts'
import { commitAsOperator, operatorEvent, readAsOperator } from './operator.ts'
import { workspaceByName } from './provision-key.ts'

/** A suppression made by mistake, its workspace and its case. */
export interface Mistake {
  /** `tenant/workspace`, whose ledger records it. */
  path: string
  /** The public id, `sup_…`. */
  id: string
  /** Name of the case in the operator's own system; no free text, so that no address enters the ledger. */
  ticket: string
}

const TICKET = /^[A-Za-z0-9][A-Za-z0-9._#/-]{0,63}$/

/**
 * Lifts a suppression made by mistake, even a complaint or legal order, with its event, and returns it as it was. No operator
 * lifts a recipient's own choice.
 */
export async function liftMistake(
  endpoint: Endpoint,
  { path, id, ticket }: Mistake,
  clock: Clock = systemClock,
): Promise<SuppressionView> {
  if (!TICKET.test(ticket))
    throw new Error('--ticket must be the name of a case: letters, digits and . _ # / -, at most 64')
  const [tenantName = '', workspaceName = '', ...rest] = path.split('/')
  const [places] = await readAsOperator(endpoint, [workspaceByName(tenantName, workspaceName)])
  const [place] = places
  if (!place || rest.length > 0) throw new Error(`there is no workspace ${path}`)
  const named = suppressionKey(id)
  const [topics, [row]] = await readAsOperator(endpoint, [
    topicsOf(place.workspace),
    suppressionByKey(place.tenant, named ?? { addressId: new Uint8Array(), scope: 0, reason: 0 }),
  ])
  const at = clock()
  const view = row && viewOf(row, sightOf(place.workspace, topics), at)
  if (!view) throw new Error(`there is no suppression ${id} in ${path}`)
  if (isRecipientsOwn(view))
    throw new Error(`${id} is the recipient's own choice (${view.reason}): only they take it back`)
  const { scope, reason, source } = view
  const lifted = operatorEvent({
    at,
    ...place,
    type: 'suppression.lifted',
    subject: id,
    data: { scope, reason, source, via: 'operator', ticket },
  })
  const [result] = await commitAsOperator(endpoint, lift(row, { ...lifted, addressId: row.addressId }))
  if (result!.affected === 0) throw new Error(`${id} has changed in the meantime`)
  return view
}
