import { linkByRef, whileOpen } from '../../db/rights-link.ts'
import { keepRequest } from '../../db/rights-request.ts'
import type { Deps } from '../deps.ts'
import { newRef } from '../subscription/link.ts'
import { readSession, stillOpen } from './enter.ts'
import { doneAtOnce, rightsEvent } from './record.ts'
import { type Seen, seeData } from './see.ts'

/** Returns everything that is held about a recipient for them to keep, and writes down that they took it along. Throws as `seeData` does. */
export async function exportData(deps: Deps, session: string, as: 'json' | 'page'): Promise<Seen> {
  const claim = await readSession(deps, session)
  const [[link]] = await deps.db.read('fresh', [linkByRef(claim.ref)])
  await stillOpen(deps, claim, link)
  const request = newRef()
  const entry = rightsEvent(deps.ids, claim, 'rights.data_exported', request, deps.clock(), { as })
  await deps.db.commit(
    [...whileOpen(claim.ref, entry), keepRequest(doneAtOnce(claim, 'portability', request, entry))],
    'results',
  )
  return seeData(deps, session)
}
