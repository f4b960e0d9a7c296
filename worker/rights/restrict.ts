import { REASONS } from '../../core/codes/reason.ts'
import type { Right } from '../../core/codes/rights.ts'
import { scopeName, suppressionId, TENANT_SCOPE, workspaceScope } from '../../core/codes/scope.ts'
import { sourceOf } from '../../core/codes/source.ts'
import type { EventType } from '../../core/event.ts'
import { newRef } from '../../core/id.ts'
import { appendIfChanged, appendIfOccurred } from '../../db/event.ts'
import { linkByRef } from '../../db/rights-link.ts'
import { keepRequest } from '../../db/rights-request.ts'
import { lift, suppressionsOf } from '../../db/suppression.ts'
import type { ActorContext } from '../call/context.ts'
import { commitFollowing } from '../suppression/follow.ts'
import { stopAct } from '../suppression/statements.ts'
import type { RightsDeps } from './deps.ts'
import { doneAtOnce, rightsEvent } from './record.ts'
import { readSession, stillOpen } from './session-guard.ts'

/** A limit on the use of data: any use (GDPR art. 18), or use for marketing (art. 21). */
export type Limit = 'restricted' | 'objected'

/** The reach of an objection: the sender whose mail led here, or its whole tenant. */
export type Reach = 'workspace' | 'tenant'

const WORDS: Record<Limit, { right: Right; set: EventType; lifted: EventType }> = {
  restricted: { right: 'restriction', set: 'rights.restricted', lifted: 'rights.restriction_lifted' },
  objected: { right: 'objection', set: 'rights.objected', lifted: 'rights.objection_lifted' },
}

/**
 * Restricts the use of a recipient's data in the whole tenant, or records their objection to marketing; every later check
 * denies. A repetition is recorded as such. Throws `rights_session.over`, `database.unavailable`.
 */
export async function limitUse(
  ctx: ActorContext<RightsDeps>,
  session: string,
  limit: Limit,
  reach: Reach,
): Promise<void> {
  const claim = await readSession(ctx, session)
  const [[link]] = await ctx.db.read('fresh', [linkByRef(claim.ref)])
  await stillOpen(ctx, claim, link)
  const at = ctx.clock()
  const scope = reach === 'tenant' ? TENANT_SCOPE : workspaceScope(claim.workspace)
  const request = newRef()
  const { right, set } = WORDS[limit]
  await commitFollowing(ctx, claim.addressId, addressId => {
    const theirs = { ...claim, addressId }
    const entry = rightsEvent(ctx, theirs, set, request, at, { scope: scopeName(scope) })
    const id = ctx.ids(at)
    return [
      stopAct(ctx, {
        id,
        at,
        tenant: claim.tenant,
        workspace: claim.workspace,
        addressId,
        scope,
        reason: limit,
        until: null,
        via: 'rights',
      }),
      appendIfOccurred(entry, id),
      ...(addressId === claim.addressId ? [keepRequest(doneAtOnce(theirs, right, request, entry))] : []),
    ]
  })
}

/**
 * Lifts a recipient's restrictions or objections in every scope; only they can. Throws `rights_session.over`,
 * `database.unavailable`.
 */
export async function liftLimit(ctx: ActorContext<RightsDeps>, session: string, limit: Limit): Promise<void> {
  const claim = await readSession(ctx, session)
  const [[link], rows] = await ctx.db.read('fresh', [linkByRef(claim.ref), suppressionsOf(claim.addressId)])
  await stillOpen(ctx, claim, link)
  const at = ctx.clock()
  const { tenant, workspace, addressId } = claim
  const act = rows
    .filter(row => row.reason === REASONS[limit])
    .flatMap(row => {
      const subject = suppressionId(row.addressId, row.scope, row.reason)
      const about = { at, tenant, workspace, addressId, subject }
      const data = { scope: scopeName(row.scope), reason: limit, source: sourceOf(row.source), via: 'rights' }
      return [
        ...lift(row, ctx.event('suppression.lifted', { ...about, data })),
        appendIfChanged(ctx.event(WORDS[limit].lifted, { ...about, data: { scope: data.scope } })),
      ]
    })
  if (act.length > 0) await ctx.db.commit(act)
}
