import { addressHash } from '../../core/address.ts'
import { toBase64Url } from '../../core/bytes.ts'
import type { Reason } from '../../core/codes/reason.ts'
import { REQUEST_STATES } from '../../core/codes/subscription.ts'
import type { EventType, LedgerEvent } from '../../core/event.ts'
import { CONFIRMABLE_MS } from '../../core/limits.ts'
import { pickLocale } from '../../core/locale.ts'
import { noticeAddress, noticeIn, originOf } from '../../core/origin.ts'
import { sealedAddress } from '../../db/address.ts'
import { mailAgain, mailDone } from '../../db/subscription-mail.ts'
import { isRefusing } from '../../db/subscription-refusal.ts'
import { aboutRequest, type RequestAndPlace, requestByRef } from '../../db/subscription-request.ts'
import { matchingPlatform, type SuppressionRow, suppressionsOf } from '../../db/suppression.ts'
import { topicsOf } from '../../db/topic.ts'
import type { ActorContext } from '../call/context.ts'
import { confirmationMail } from '../mail/confirmation.ts'
import { dueAgainAt } from '../mail/outbox.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import { unmailable } from '../suppression/unmailable.ts'
import type { SubscriptionDeps } from './deps.ts'
import { confirmLinks, requestId } from './link.ts'

/**
 * Mails the confirmation of a sign-up and records the outcome. A failed mail is due again after a growing pause of at most an
 * hour, until the link expires. A recipient who complained, bounced, is under a legal suppression or refused another sign-up
 * meanwhile is not mailed. Never throws, since the outbox tries again after any failure.
 */
export async function mailConfirmation(floe: ActorContext<SubscriptionDeps>, ref: Uint8Array): Promise<void> {
  try {
    const about = aboutRequest(ref)
    const [[row], topics, [kept], suppressions, refused] = await floe.db.read('fresh', [
      requestByRef(ref),
      topicsOf(about.workspace),
      sealedAddress(about.addressId),
      suppressionsOf(about.addressId),
      isRefusing(about.workspace, about.addressId, floe.clock()),
    ])
    // Confirmed or refused meanwhile, or the recipient was erased.
    if (!row || row.state !== REQUEST_STATES.open || !kept || !floe.mailer) return
    const to = await floe.cipher.decrypt(kept.tenant, row.addressId, kept.sealed)
    const withheld = refused ? 'refused' : await withheldNow(floe, row, suppressions, to)
    if (withheld) {
      const entry = event(floe, row, floe.clock(), 'confirmation.withheld', { withheldFor: withheld })
      await floe.db.commit(mailDone(ref, entry))
      return
    }
    const delivery = await floe.mailer.send(compose(floe, row, topics, to))
    const now = floe.clock()
    if (delivery.outcome === 'failed') {
      await floe.db.commit([mailAgain(ref, dueAgainAt(now, row.mailAttempts))], 'results')
      return
    }
    const sent = delivery.outcome === 'sent'
    await floe.db.commit(
      mailDone(
        ref,
        event(floe, row, now, sent ? 'confirmation.mailed' : 'confirmation.undeliverable', {
          ...(delivery.outcome === 'refused' && { code: delivery.code }),
        }),
      ),
    )
  } catch (error) {
    floe.log('confirmation mail', error)
  }
}

/** Checks suppressions right before sending, since they may be newer than the sign-up. */
async function withheldNow(
  deps: SubscriptionDeps,
  row: RequestAndPlace,
  suppressions: SuppressionRow[],
  to: string,
): Promise<Reason | undefined> {
  const [platform] = await deps.db.read('fresh', [
    matchingPlatform(deps.indexes.platform.id(addressHash(to))),
  ])
  const against = [...suppressionsWithin(suppressions, row), ...platform.map(platformSuppression)]
  return unmailable(against, deps.clock())
}

function compose(
  deps: SubscriptionDeps,
  row: RequestAndPlace,
  topics: { number: number; displayName: string; description: string }[],
  to: string,
) {
  const origin = originOf(row.linkHost, deps.baseUrl)
  const { confirmUrl, cancelUrl, headers } = confirmLinks(deps.keyring, origin, row.tenant, row.ref)
  const address = row.mailFrom ?? deps.mailFrom
  const locale = pickLocale(row.locale)
  const noticeUrl = noticeAddress(noticeIn(locale, row.noticeUrl), origin)
  return {
    from: { name: row.sender, address },
    to,
    ...confirmationMail({
      locale,
      sender: row.sender,
      company: row.company,
      topics: topics.filter(topic => row.topics.includes(topic.number)),
      source: row.sourceHost,
      requestedAt: row.requestedAt,
      expiresAt: row.requestedAt + CONFIRMABLE_MS,
      confirmUrl,
      cancelUrl,
      notice: { name: row.notice, version: row.noticeVersion, url: noticeUrl },
    }),
    messageId: `${toBase64Url(row.ref)}.confirm@${address.split('@')[1]}`,
    at: row.requestedAt,
    headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
  }
}

const event = (
  floe: ActorContext<SubscriptionDeps>,
  row: RequestAndPlace,
  at: number,
  type: EventType,
  data: LedgerEvent['data'],
): LedgerEvent =>
  floe.event(type, {
    at,
    tenant: row.tenant,
    workspace: row.workspace,
    addressId: row.addressId,
    subject: requestId(row.ref),
    data,
  })
