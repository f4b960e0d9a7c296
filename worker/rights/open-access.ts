import { addressHash } from '../../core/address.ts'
import { LINK_STATES } from '../../core/codes/rights.ts'
import { Fault } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { type BrandRow, brandOf } from '../../db/brand.ts'
import { rowOf } from '../../db/event-list.ts'
import { aboutLink, type LinkAndPlace, linkByRef, useLink } from '../../db/rights-link.ts'
import { keepRequest } from '../../db/rights-request.ts'
import type { ActorContext } from '../call/context.ts'
import { historyEntry } from '../consent/entry.ts'
import { caseView } from './case.ts'
import type { RightsDeps } from './deps.ts'
import { readLink } from './link.ts'
import { type LoadedData, look, seen } from './load.ts'
import { addressOf } from './mail.ts'
import { doneAtOnce, rightsEvent } from './record.ts'

/**
 * Loads an access link without using it. Throws `token.invalid`, `rights_link.used`, `rights_link.expired`,
 * `database.unavailable`.
 */
export async function showAccess(
  deps: RightsDeps,
  token: string,
): Promise<{ row: LinkAndPlace; brand: BrandRow | undefined }> {
  const ref = readLink(deps, 'access', token)
  if (!ref) throw new Fault({ code: 'token.invalid' })
  const [[row], [brand]] = await deps.db.read('fresh', [linkByRef(ref), brandOf(aboutLink(ref).workspace)])
  // A deleted link expired long ago.
  if (!row || row.state === LINK_STATES.open) {
    if (!row?.expiresAt || row.expiresAt <= deps.clock()) throw new Fault({ code: 'rights_link.expired' })
    return { row, brand }
  }
  throw new Fault({ code: 'rights_link.used' })
}

/**
 * Uses an access link, once: its session opens a recipient's data for 15 minutes, which no link of other mails does. `show`
 * renders before the link is used, so that a failure leaves it unused. Of two concurrent requests one succeeds. Throws as
 * `showAccess` does.
 */
export async function openAccess<T>(
  ctx: ActorContext<RightsDeps>,
  token: string,
  show: (session: string, seen: LoadedData) => Promise<T>,
): Promise<T> {
  const { row } = await showAccess(ctx, token)
  const to = await addressOf(ctx, row)
  if (!to) throw new Fault({ code: 'rights_link.expired' })
  const claim = {
    ref: row.ref,
    tenant: row.tenant,
    workspace: row.workspace,
    topic: row.topic,
    addressId: row.addressId,
    platformId: ctx.indexes.platform.id(addressHash(to.address)),
  }
  const at = ctx.clock()
  const request = newRef()
  const entry = rightsEvent(ctx, claim, 'rights.data_opened', request, at)
  const done = doneAtOnce(claim, 'access', request, entry)
  const before = await seen(ctx, claim, await look(ctx, claim), { ...row, ...to }, { before: '' })
  // The session is invalid until the link is used.
  const shown = await show(await ctx.sessions.sign(claim, at), {
    ...before,
    requests: [caseView({ ...done, seq: 0 }, at), ...before.requests],
    history: [historyEntry(rowOf(entry), null), ...before.history!],
  })
  const [used] = await ctx.db.commit([...useLink(row.ref, entry), keepRequest(done)], 'results')
  if (used!.affected === 0) throw new Fault({ code: 'rights_link.used' })
  return shown
}
