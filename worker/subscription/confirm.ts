import { confirm } from '../../db/subscription-request.ts'
import { chosenAt, lift, matchingPlatform, type SuppressionRow, suppress } from '../../db/suppression.ts'
import { basisOf, expiryOf } from '../consent/basis.ts'
import { sealer, whileKeysAreMade } from '../consent/seal.ts'
import { addressHash } from '../core/address.ts'
import { toHex } from '../core/bytes.ts'
import { timestamp } from '../core/clock.ts'
import type { LedgerEvent } from '../core/event.ts'
import type { Deps } from '../deps.ts'
import { readable } from '../encryption/read-address.ts'
import type { Press } from '../http/press.ts'
import { decide, type Suppression } from '../suppression/decision.ts'
import { REASONS, reasonOf } from '../suppression/reason.ts'
import { scopeOf, suppressionId, topicScope, workspaceScope } from '../suppression/scope.ts'
import { sourceOf } from '../suppression/source.ts'
import { platformSuppression, rowsWithin, suppressionsWithin } from '../suppression/standing.ts'
import { requestId } from './link.ts'
import { type OpenedRequest, openRequest } from './open.ts'

/** How a sign-up stands after an act, and whether it was this act that made it so. */
export type Done = OpenedRequest & { changed: boolean }

/**
 * Confirms a sign-up, once, with its evidence: its topics become confirmed, and what their recipient had unsubscribed from is
 * lifted where they now said yes. A complaint, a bounce, a legal order, an objection and a sender's own entry stay.
 * Returns how the sign-up stands now. Throws `token.invalid`, `confirmation.gone`, `database.unavailable`.
 */
export const confirmSubscription = (deps: Deps, token: string, press: Press): Promise<Done> =>
  whileKeysAreMade(() => attempt(deps, token, press))

async function attempt(deps: Deps, token: string, press: Press): Promise<Done> {
  const opened = await openRequest(deps, token)
  if (opened.standing !== 'open') return { ...opened, changed: false }
  const { row, topics } = opened
  const at = deps.clock()
  // What is implied counts from its event, and this sign-up is the only one that is known here.
  const until = expiryOf(basisOf(row.basis), row.requestedAt)
  const within = { workspace: row.workspace, topics: topics.map(topic => topic.number) }
  const lifted = rowsWithin(opened.suppressions, within).filter(
    one =>
      one.reason === REASONS.unsubscribed &&
      scopeOf(one.scope) !== 'tenant' &&
      chosenAt(one) <= row.requestedAt,
  )
  const left = decide({
    suppressions: [
      ...suppressionsWithin(
        opened.suppressions.filter(one => !lifted.includes(one)),
        within,
      ),
      ...(await platformsWord(deps, opened)),
    ],
    purpose: 'marketing',
    now: at,
  })
  const common = {
    at,
    tenant: row.tenant,
    workspace: row.workspace,
    actor: 'recipient',
    addressId: row.addressId,
  }
  const { entry, keep } = await sealer(deps, opened.key ? [opened.key] : [])(
    {
      ...common,
      id: deps.ids(at),
      type: 'consent.confirmed',
      subject: requestId(row.ref),
      data: {
        topics: topics.map(topic => topic.name).join(' '),
        basis: basisOf(row.basis),
        notice: row.notice,
        noticeVersion: row.noticeVersion,
        noticeDigest: toHex(row.noticeDigest),
        locale: row.locale,
        ...(until !== null && { expiresAt: timestamp(until) }),
        via: 'link',
        // For the sender's eyes: the recipient said yes, and mail is denied all the same.
        ...(left.decision === 'deny' && { stillDenied: left.reason }),
      },
    },
    press,
  )
  const act = [
    ...confirm(row, { topics: within.topics, until }, entry),
    ...keep,
    ...lifted.flatMap(one =>
      lift(
        one,
        {
          ...common,
          id: deps.ids(at),
          type: 'suppression.lifted',
          subject: suppressionId(one.addressId, one.scope, one.reason),
          data: {
            scope: scopeOf(one.scope),
            reason: reasonOf(one.reason),
            source: sourceOf(one.source),
            via: 'confirmation',
          },
        },
        entry.id,
      ),
    ),
    ...lifted
      .filter(one => one.scope === workspaceScope(row.workspace))
      .flatMap(everything => keptStopped(deps, opened, everything, entry)),
  ]
  // A yes counts once the database has it, and not before: who was faster is known only then.
  const [done] = await deps.db.commit(act, 'results')
  // Somebody was faster, with a confirmation or a refusal: their word stands, and nothing of this act was applied.
  return done!.affected > 0
    ? { ...opened, standing: 'confirmed', changed: true }
    : { ...(await openRequest(deps, token)), changed: false }
}

/** Returns what the platform's list says of a recipient: its ids are made of the address, so only where that is known. */
async function platformsWord(deps: Deps, opened: OpenedRequest): Promise<Suppression[]> {
  const address = readable(opened.address)
  if (address === undefined) return []
  const [rows] = await deps.db.read('fresh', [
    matchingPlatform(deps.indexes.platform.id(addressHash(address))),
  ])
  return rows.map(platformSuppression)
}

/**
 * Whoever had stopped everything and now says yes to something has not said yes to the rest: that stays stopped since they
 * stopped it, so that a sign-up for it that they made since can still be confirmed by its own link.
 */
const keptStopped = (
  deps: Deps,
  { topics, all }: OpenedRequest,
  everything: SuppressionRow,
  confirmed: LedgerEvent,
) =>
  all
    .filter(topic => topic.kind === 'marketing' && !topics.includes(topic))
    .flatMap(topic => {
      const scope = topicScope(topic.number)
      const { at, tenant, workspace, actor, addressId } = confirmed
      return suppress(
        { ...everything, scope },
        {
          id: deps.ids(at),
          at,
          tenant,
          workspace,
          type: 'suppression.added',
          actor,
          addressId,
          subject: suppressionId(everything.addressId, scope, everything.reason),
          data: {
            scope: 'topic',
            topic: topic.number,
            reason: reasonOf(everything.reason),
            until: everything.until,
            since: timestamp(everything.at),
            via: 'confirmation',
          },
        },
        confirmed.id,
      )
    })
