import { toHex } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'
import { basisOf } from '../../core/codes/basis.ts'
import { isOfMarketing, REASONS, reasonOf } from '../../core/codes/reason.ts'
import { numberOf, scopeName, suppressionId, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { sourceOf } from '../../core/codes/source.ts'
import { expiryOf } from '../../core/consent-term.ts'
import type { LedgerEvent } from '../../core/event.ts'
import { confirm } from '../../db/subscription-request.ts'
import { chosenAt, lift, type SuppressionRow, suppress } from '../../db/suppression.ts'
import type { ActorContext } from '../call/context.ts'
import { sealer, whileKeysAreMade } from '../consent/seal.ts'
import { readable } from '../encryption/read-address.ts'
import type { ClientEvidence } from '../http/request.ts'
import { decide } from '../suppression/decision.ts'
import { rowsWithin, suppressionsWithin } from '../suppression/standing.ts'
import { onlyLiftedBy } from '../suppression/view.ts'
import type { SubscriptionDeps } from './deps.ts'
import { requestId } from './link.ts'
import { bindsAfter, type LoadedRequest, openRequest, platformsWord } from './load.ts'

/** A sign-up after an act, and whether this act changed it. */
export type Done = LoadedRequest & { changed: boolean }

/**
 * Confirms a sign-up, once, with its evidence: its topics become confirmed, and the recipient's earlier unsubscribes from
 * them are lifted. Complaints, bounces, legal orders, objections and the sender's own entries stay; but an unsigned bounce is
 * lifted, since a press in a mail shows that the mailbox works. Where the link was handed to the sender, the recipient's own
 * choices and unsigned bounces stay too: the press may be the sender's. Returns the sign-up as it is then. Throws
 * `token.invalid`, `confirmation.gone`, `database.unavailable`, `encryption.unavailable`.
 */
export const confirmSubscription = (
  ctx: ActorContext<SubscriptionDeps>,
  token: string,
  press: ClientEvidence,
): Promise<Done> => whileKeysAreMade(() => attempt(ctx, token, press))

async function attempt(
  ctx: ActorContext<SubscriptionDeps>,
  token: string,
  press: ClientEvidence,
): Promise<Done> {
  const opened = await openRequest(ctx, token)
  if (opened.standing !== 'open') return { ...opened, changed: false }
  const { row, topics, givenToSender } = opened
  // The platform's suppressions are found by the address, so a confirmation needs it to be readable.
  readable(opened.address)
  const at = ctx.clock()
  // An implied consent runs from its event; the sign-up is the only event known here.
  const until = expiryOf(basisOf(row.basis), row.requestedAt)
  const within = { workspace: row.workspace, topics: topics.map(topic => topic.number) }
  const lifted = rowsWithin(opened.suppressions, within).filter(
    one =>
      (isOfMarketing(one.reason) && !givenToSender) ||
      (one.reason === REASONS.unsubscribed &&
        scopeName(one.scope) !== 'tenant' &&
        chosenAt(one) <= row.requestedAt &&
        !(givenToSender && onlyLiftedBy({ reason: 'unsubscribed', source: sourceOf(one.source) }))),
  )
  const suppressions = opened.suppressions.filter(one => !lifted.includes(one))
  const left = decide({
    suppressions: [...suppressionsWithin(suppressions, within), ...(await platformsWord(ctx, opened))],
    purpose: 'marketing',
    now: at,
  })
  const common = {
    at,
    tenant: row.tenant,
    workspace: row.workspace,
    addressId: row.addressId,
  }
  const { entry, keep } = await sealer(ctx, opened.key ? [opened.key] : [])(
    ctx.event('consent.confirmed', {
      ...common,
      subject: requestId(row.ref),
      data: {
        topics: topics.map(topic => topic.name).join(' '),
        basis: basisOf(row.basis),
        notice: row.notice,
        noticeVersion: row.noticeVersion,
        noticeDigest: toHex(row.noticeDigest),
        locale: row.locale,
        ...(until !== null && { expiresAt: timestamp(until) }),
        via: givenToSender ? 'link_given_to_sender' : 'link',
        // Tells the sender that mail is denied in spite of the confirmation.
        ...(left.decision === 'deny' && { stillDenied: left.reason }),
      },
    }),
    press,
  )
  const act = [
    ...confirm(row, { topics: within.topics, bindsAfter: bindsAfter(opened), until }, entry),
    ...keep,
    ...lifted.flatMap(one =>
      lift(
        one,
        ctx.event('suppression.lifted', {
          ...common,
          subject: suppressionId(one.addressId, one.scope, one.reason),
          data: {
            scope: scopeName(one.scope),
            reason: reasonOf(one.reason),
            source: sourceOf(one.source),
            via: 'confirmation',
            ...(scopeName(one.scope) === 'topic' && { topic: numberOf(one.scope) }),
          },
        }),
        entry.id,
      ),
    ),
    ...lifted
      .filter(one => one.scope === workspaceScope(row.workspace))
      .flatMap(everything => keptStopped(ctx, opened, everything, entry)),
  ]
  // Waits for the database, since only its result tells whether this confirmation was the first act.
  const [done] = await ctx.db.commit(act, 'results')
  // A concurrent confirmation or refusal stands, and nothing of this act was applied.
  return done!.affected > 0
    ? { ...opened, suppressions, standing: 'confirmed', changed: true }
    : { ...(await openRequest(ctx, token)), changed: false }
}

/**
 * Returns the acts that keep other topics stopped: a recipient who had stopped everything has confirmed these topics only.
 * The time of the old stop is kept, so that a later sign-up for another topic can still be confirmed by its own link.
 */
const keptStopped = (
  ctx: ActorContext<SubscriptionDeps>,
  { row, topics, all }: LoadedRequest,
  everything: SuppressionRow,
  confirmed: LedgerEvent,
) =>
  all
    .filter(topic => topic.kind === 'marketing' && !topics.includes(topic))
    .flatMap(topic => {
      const scope = topicScope(topic.number)
      return suppress(
        { ...everything, scope },
        ctx.event('suppression.added', {
          at: confirmed.at,
          tenant: row.tenant,
          workspace: row.workspace,
          addressId: row.addressId,
          subject: suppressionId(everything.addressId, scope, everything.reason),
          data: {
            scope: 'topic',
            topic: topic.number,
            reason: reasonOf(everything.reason),
            until: everything.until,
            since: timestamp(everything.at),
            via: 'confirmation',
          },
        }),
        confirmed.id,
      )
    })
