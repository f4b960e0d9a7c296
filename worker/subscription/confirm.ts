import { toHex } from '../../core/bytes.ts'
import { timestamp } from '../../core/clock.ts'
import { basisOf } from '../../core/codes/basis.ts'
import { isOfMarketing, REASONS, reasonOf } from '../../core/codes/reason.ts'
import { scopeName, suppressionId, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { SOURCES, sourceOf } from '../../core/codes/source.ts'
import { expiryOf } from '../../core/consent-term.ts'
import type { LedgerEvent } from '../../core/event.ts'
import { confirm } from '../../db/subscription-request.ts'
import { chosenAt, lift, type SuppressionRow, suppress } from '../../db/suppression.ts'
import { sealer, whileKeysAreMade } from '../consent/seal.ts'
import type { Deps } from '../deps.ts'
import { readable } from '../encryption/read-address.ts'
import type { ClientEvidence } from '../http/request.ts'
import { decide } from '../suppression/decision.ts'
import { rowsWithin, suppressionsWithin } from '../suppression/standing.ts'
import { requestId } from './link.ts'
import { bindsAfter, type LoadedRequest, openRequest, platformsWord } from './load.ts'

/** How a sign-up stands after an act, and whether it was this act that made it so. */
export type Done = LoadedRequest & { changed: boolean }

/**
 * Confirms a sign-up, once, with its evidence: its topics become confirmed, and what their recipient had unsubscribed from is
 * lifted where they now said yes. A complaint, a bounce, a legal order, an objection and a sender's own entry stay; but whoever presses
 * a button in a mail has had it, whatever an unsigned report said of their mailbox. Where the link was given to the sender, whatever the
 * recipient chose stays as well, and so does such a report: the press may be the sender's.
 * Returns how the sign-up stands now. Throws `token.invalid`, `confirmation.gone`, `database.unavailable`.
 */
export const confirmSubscription = (deps: Deps, token: string, press: ClientEvidence): Promise<Done> =>
  whileKeysAreMade(() => attempt(deps, token, press))

async function attempt(deps: Deps, token: string, press: ClientEvidence): Promise<Done> {
  const opened = await openRequest(deps, token)
  if (opened.standing !== 'open') return { ...opened, changed: false }
  const { row, topics, givenToSender } = opened
  // What the platform says must be known before a yes counts: `encryption.unavailable` where the address cannot be read just now.
  readable(opened.address)
  const at = deps.clock()
  // What is implied counts from its event, and this sign-up is the only one that is known here.
  const until = expiryOf(basisOf(row.basis), row.requestedAt)
  const within = { workspace: row.workspace, topics: topics.map(topic => topic.number) }
  const lifted = rowsWithin(opened.suppressions, within).filter(
    one =>
      (isOfMarketing(one.reason) && !givenToSender) ||
      (one.reason === REASONS.unsubscribed &&
        scopeName(one.scope) !== 'tenant' &&
        chosenAt(one) <= row.requestedAt &&
        !(givenToSender && one.source === SOURCES.recipient)),
  )
  const suppressions = opened.suppressions.filter(one => !lifted.includes(one))
  const left = decide({
    suppressions: [...suppressionsWithin(suppressions, within), ...(await platformsWord(deps, opened))],
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
        via: givenToSender ? 'link_given_to_sender' : 'link',
        // For the sender's eyes: the recipient said yes, and mail is denied all the same.
        ...(left.decision === 'deny' && { stillDenied: left.reason }),
      },
    },
    press,
  )
  const act = [
    ...confirm(row, { topics: within.topics, bindsAfter: bindsAfter(opened), until }, entry),
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
            scope: scopeName(one.scope),
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
    ? { ...opened, suppressions, standing: 'confirmed', changed: true }
    : { ...(await openRequest(deps, token)), changed: false }
}

/**
 * Whoever had stopped everything and now says yes to something has not said yes to the rest: that stays stopped since they
 * stopped it, so that a sign-up for it that they made since can still be confirmed by its own link.
 */
const keptStopped = (
  deps: Deps,
  { topics, all }: LoadedRequest,
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
