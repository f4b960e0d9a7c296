import { type BrandRow, brandOf } from '../../db/brand.ts'
import { type LinkAndPlace, linkByRef, ofLink, useLink } from '../../db/rights-link.ts'
import { keepRequest } from '../../db/rights-request.ts'
import { addressHash } from '../core/address.ts'
import { Fault } from '../core/fault.ts'
import type { Deps } from '../deps.ts'
import { newRef } from '../subscription/link.ts'
import { LINK_STATES, readLink } from './link.ts'
import { addressOf } from './mail.ts'
import { doneAtOnce, rightsEvent } from './record.ts'

/** Shows what an access link is for and changes nothing. Throws `token.invalid`, `rights_link.used`, `rights_link.expired`, `database.unavailable`. */
export async function showAccess(
  deps: Deps,
  token: string,
): Promise<{ row: LinkAndPlace; brand: BrandRow | undefined }> {
  const ref = readLink(deps, 'access', token)
  if (!ref) throw new Fault({ code: 'token.invalid' })
  const [[row], [brand]] = await deps.db.read('fresh', [
    linkByRef(ref),
    ofLink(ref, ['workspace'], brandOf(0)),
  ])
  // A link that is not remembered has run out long ago.
  if (!row || row.state === LINK_STATES.open) {
    if (!row?.expiresAt || row.expiresAt <= deps.clock()) throw new Fault({ code: 'rights_link.expired' })
    return { row, brand }
  }
  throw new Fault({ code: 'rights_link.used' })
}

/**
 * Uses an access link, once for all, and returns its session: for a quarter of an hour it opens what no link in another
 * mail opens. Of two who press at once one gets in. Throws as `showAccess` does.
 */
export async function openAccess(deps: Deps, token: string): Promise<string> {
  const { row } = await showAccess(deps, token)
  const to = await addressOf(deps, row)
  if (!to) throw new Fault({ code: 'rights_link.expired' })
  const claim = {
    ref: row.ref,
    tenant: row.tenant,
    workspace: row.workspace,
    topic: row.topic,
    addressId: row.addressId,
    platformId: deps.indexes.platform.id(addressHash(to.address)),
  }
  const at = deps.clock()
  const request = newRef()
  const entry = rightsEvent(deps.ids, claim, 'rights.data_opened', request, at)
  const [used] = await deps.db.commit(
    [...useLink(row.ref, entry), keepRequest(doneAtOnce(claim, 'access', request, entry))],
    'results',
  )
  if (used!.affected === 0) throw new Fault({ code: 'rights_link.used' })
  return deps.sessions.sign(claim, at)
}
