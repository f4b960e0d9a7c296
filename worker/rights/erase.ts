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
import type { ActorContext } from '../call/context.ts'
import { unreadableBy } from '../encryption/schedule.ts'
import { isLiftedByYes } from '../suppression/standing.ts'
import { stopRecords } from '../suppression/statements.ts'
import type { RightsDeps } from './deps.ts'
import { linkContext } from './link.ts'
import type { Setting } from './load.ts'
import { doneAtOnce, rightsEvent, toBeAnswered } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/** The outcome of an erasure, for its page. */
export interface Erased extends Omit<Setting, 'dueAt'> {
  /** When the sender must have erased its own copies; undefined where they were not requested to. */
  dueAt: number | undefined
  /** Whether a confirmation could bring mail again. */
  returnable: boolean
  /** When no log or backup holds a readable copy; undefined where no key rotation sees to that. */
  unreadableBy: number | undefined
}

/**
 * Erases a recipient at a tenant: their key and so all their evidence, their address, subscriptions, pending confirmations
 * and open requests. An unsubscribe of each workspace stays, by keyed hash. `elsewhere` asks the sender to erase its own
 * copies; the sender is given the address until it has. Throws `rights_session.over`, `database.unavailable`.
 */
export async function eraseData(
  ctx: ActorContext<RightsDeps>,
  session: string,
  elsewhere: boolean,
): Promise<Erased> {
  const claim = await readSession(ctx, session)
  const { tenant, addressId } = claim
  const [[link], requests, workspaces, languages, [brand], schedule, rows] = await ctx.db.read('fresh', [
    linkByRef(claim.ref),
    openRequestsOf(addressId),
    workspacesOf(tenant),
    chosenLanguage(addressId),
    brandOf(claim.workspace),
    currentSchedule,
    suppressionsOf(addressId),
  ])
  const open = await stillOpen(ctx, claim, link)
  const at = ctx.clock()
  const request = newRef()
  const entry = rightsEvent(ctx, claim, 'rights.erased', request, at, { elsewhere })
  const row = elsewhere
    ? toBeAnswered(
        claim,
        'erasure',
        request,
        entry,
        open.regimes,
        await ctx.cipher.encrypt(tenant, linkContext(request), JSON.stringify({ address: open.address })),
      )
    : doneAtOnce(claim, 'erasure', request, entry)
  const [erased] = await ctx.db.commit(
    [
      ...whileOpen(claim.ref, entry),
      keepRequest(row),
      ...workspaces.flatMap(({ number }) => {
        const stop = stopRecords(ctx, {
          at,
          tenant,
          workspace: number,
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
          rightsEvent(ctx, { tenant, workspace, addressId }, 'rights.closed', ref, at, { outcome: 'moot' }),
          entry.id,
        ),
      ),
      ...erase(tenant, addressId, entry),
    ],
    'results',
  )
  // A concurrent request has erased everything, this session included.
  if (erased!.affected === 0) throw new Fault({ code: 'rights_session.over' })
  return {
    sender: open.sender,
    company: open.company,
    languages: [...languages, open.locale],
    brand,
    dueAt: row.dueAt ?? undefined,
    returnable: rows.every(one => isLiftedByYes(one) || (one.until !== null && one.until <= at)),
    unreadableBy: ctx.hasFormerKey ? undefined : unreadableBy(schedule, at),
  }
}
