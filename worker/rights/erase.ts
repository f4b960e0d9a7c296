import { CASE_OUTCOMES } from '../../core/codes/rights.ts'
import { workspaceScope } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { newRef } from '../../core/id.ts'
import { brandOf } from '../../db/brand.ts'
import { currentSchedule } from '../../db/key-schedule.ts'
import { chosenLanguage } from '../../db/recipient-choice.ts'
import { linkByRef, whileOpen } from '../../db/rights-link.ts'
import { closeRequest, keepRequest, openRequestsOf } from '../../db/rights-request.ts'
import { erase } from '../../db/succession.ts'
import { suppress, suppressionsOf } from '../../db/suppression.ts'
import { workspacesOf } from '../../db/tenant.ts'
import { unreadableBy } from '../encryption/schedule.ts'
import { isLiftedByYes } from '../suppression/standing.ts'
import { stopRecords } from '../suppression/statements.ts'
import type { RightsDeps } from './deps.ts'
import { linkContext, requestIdOf } from './link.ts'
import type { Setting } from './load.ts'
import { doneAtOnce, rightsEvent, toBeAnswered } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/** What is left after an erasure, for the page that says so. */
export interface Erased extends Omit<Setting, 'dueAt'> {
  /** By when the sender has to erase what they keep themselves; undefined where they were not asked to. */
  dueAt: number | undefined
  /** Whether a sign-up would bring mail again: nothing is left that a confirmation does not lift. */
  returnable: boolean
  /** By when no copy of what was erased can be read, in a log or a backup either; undefined where nothing sees to that. */
  unreadableBy: number | undefined
}

/**
 * Erases a recipient at a tenant, for good: their key, so that no evidence of theirs can be read again, their address, what they
 * subscribed to or were asked, what is still to be answered. What stays is that nobody of the tenant may mail them, by a keyed hash.
 * `elsewhere`: whether the sender is asked to erase what they keep themselves, for which they get the address until they have.
 * Throws `rights_session.over`, `database.unavailable`.
 */
export async function eraseData(deps: RightsDeps, session: string, elsewhere: boolean): Promise<Erased> {
  const claim = await readSession(deps, session)
  const { tenant, addressId } = claim
  const [[link], requests, workspaces, languages, [brand], schedule, rows] = await deps.db.read('fresh', [
    linkByRef(claim.ref),
    openRequestsOf(addressId),
    workspacesOf(tenant),
    chosenLanguage(addressId),
    brandOf(claim.workspace),
    currentSchedule,
    suppressionsOf(addressId),
  ])
  const open = await stillOpen(deps, claim, link)
  const at = deps.clock()
  const request = newRef()
  const entry = rightsEvent(deps.ids, claim, 'rights.erased', request, at, { elsewhere })
  const row = elsewhere
    ? toBeAnswered(
        claim,
        'erasure',
        request,
        entry,
        open.regimes,
        await deps.cipher.encrypt(tenant, linkContext(request), JSON.stringify({ address: open.address })),
      )
    : doneAtOnce(claim, 'erasure', request, entry)
  const [erased] = await deps.db.commit(
    [
      ...whileOpen(claim.ref, entry),
      keepRequest(row),
      ...workspaces.flatMap(({ number }) => {
        const stop = stopRecords({
          id: deps.ids(at),
          at,
          tenant,
          workspace: number,
          actor: 'recipient',
          addressId,
          scope: workspaceScope(number),
          reason: 'unsubscribed',
          source: 'recipient',
          until: null,
          via: 'rights',
        })
        return suppress(stop.row, stop.entry, entry.id)
      }),
      ...requests.flatMap(({ ref, workspace }) =>
        closeRequest(
          ref,
          CASE_OUTCOMES.moot,
          {
            ...rightsEvent(deps.ids, { tenant, workspace, addressId }, 'rights.closed', ref, at),
            data: { outcome: 'moot' },
            subject: requestIdOf(ref),
          },
          entry.id,
        ),
      ),
      ...erase(tenant, addressId, entry),
    ],
    'results',
  )
  // Two pressed at once: the other one has erased everything, this page included.
  if (erased!.affected === 0) throw new Fault({ code: 'rights_session.over' })
  return {
    sender: open.sender,
    company: open.company,
    languages: [...languages, open.locale],
    brand,
    dueAt: row.dueAt ?? undefined,
    returnable: rows.every(one => isLiftedByYes(one) || (one.until !== null && one.until <= at)),
    unreadableBy: deps.hasFormerKey ? undefined : unreadableBy(schedule, at),
  }
}
