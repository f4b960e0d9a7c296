import { addressHash } from '../../core/address.ts'
import { REASONS } from '../../core/codes/reason.ts'
import { topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { SOURCES } from '../../core/codes/source.ts'
import { REQUEST_STATES, SUBSCRIPTION_STATES, stateNow } from '../../core/codes/subscription.ts'
import { lackOfConsent } from '../../core/consent-lack.ts'
import { Fault } from '../../core/fault.ts'
import { CONFIRMABLE_MS, REFUSED_MS } from '../../core/limits.ts'
import { sealedAddress } from '../../db/address.ts'
import { type BrandRow, brandOf } from '../../db/brand.ts'
import { chosenLanguage } from '../../db/recipient-choice.ts'
import { type RecipientKeyRow, recipientKeyOf } from '../../db/recipient-key.ts'
import { type SubscriptionRow, subscriptionsOf } from '../../db/subscription.ts'
import { aboutRequest, type RequestAndPlace, requestByRef } from '../../db/subscription-request.ts'
import { matchingPlatform, type SuppressionRow, suppressionsOf } from '../../db/suppression.ts'
import { type OwnTopic, topicsOf } from '../../db/topic.ts'
import { type ReadAddress, readAddress } from '../encryption/read-address.ts'
import { decide, type Suppression } from '../suppression/decision.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import type { SubscriptionDeps } from './deps.ts'
import { isGivenToSender, readConfirmToken } from './link.ts'

/**
 * The state of a sign-up. `open`: can be confirmed. `confirmed`: all its topics are, by this link or another. `refused`: by
 * its recipient. `expired`: after 7 days. `ended`: its recipient has unsubscribed since, which outranks the sign-up; where
 * its link was handed to the sender, an unsubscribe at any time does.
 */
export type RequestStanding = 'open' | 'confirmed' | 'refused' | 'expired' | 'ended'

/** A sign-up, loaded by its link, with the state around it. */
export interface LoadedRequest {
  row: RequestAndPlace
  standing: RequestStanding
  /** Whether its link was handed to the sender; a press then undoes no choice of the recipient. */
  givenToSender: boolean
  /** Its topics. */
  asked: OwnTopic[]
  /** Its topics, without those its recipient has ended since. */
  topics: OwnTopic[]
  /** Every topic of the workspace. */
  all: OwnTopic[]
  suppressions: SuppressionRow[]
  /** Its topics without a confirmed subscription. */
  unconfirmed: OwnTopic[]
  /** Those of them that a check denies for lack of consent; in an opt-out topic an expired sign-up denies nothing. */
  lacking: OwnTopic[]
  key: RecipientKeyRow | undefined
  /** Canonical address, as far as it is readable; undefined after erasure. */
  address: ReadAddress
  /** The recipient's languages, preferred first. */
  languages: string[]
  /** The sender's brand; undefined for the platform's. */
  brand: BrandRow | undefined
}

/**
 * Loads the sign-up of a link without changing anything. Throws `token.invalid` for a link that does not verify,
 * `confirmation.gone` where the sign-up is gone, `database.unavailable`.
 */
export async function openRequest(deps: SubscriptionDeps, token: string): Promise<LoadedRequest> {
  const ref = readConfirmToken(deps.keyring, token)
  if (!ref) throw new Fault({ code: 'token.invalid' })
  const about = aboutRequest(ref)
  const [[row], all, subscriptions, suppressions, [key], [kept], chosen, [brand]] = await deps.db.read(
    'fresh',
    [
      requestByRef(ref),
      topicsOf(about.workspace),
      subscriptionsOf(about.workspace, about.addressId),
      suppressionsOf(about.addressId),
      recipientKeyOf(about.addressId),
      sealedAddress(about.addressId),
      chosenLanguage(about.addressId),
      brandOf(about.workspace),
    ],
  )
  if (!row) throw new Fault({ code: 'confirmation.gone' })
  const asked = all.filter(topic => row.topics.includes(topic.number))
  const now = deps.clock()
  const of = ({ number }: OwnTopic) => subscriptions.find(one => one.topic === number)
  const unconfirmed = asked.filter(topic => {
    const one = of(topic)
    return !one || stateNow(one, now) !== 'confirmed'
  })
  const left = { subscriptions, suppressions }
  const givenToSender = isGivenToSender(row, deps.mailer !== undefined)
  const since = bindsAfter({ row, givenToSender })
  const topics = asked.filter(topic => !endedSince(row.workspace, since, topic.number, left))
  return {
    row,
    givenToSender,
    standing: standingOf(row, { topics: topics.length, subscribed: unconfirmed.length === 0 }, now),
    asked,
    topics: topics.length > 0 ? topics : asked,
    all,
    suppressions,
    unconfirmed,
    lacking: unconfirmed.filter(topic => lackOfConsent(topic.consent, of(topic), now)),
    key,
    address: await readAddress(deps, row.addressId, kept),
    languages: [...chosen, row.locale],
    brand,
  }
}

/**
 * Returns the time after which a recipient's choice outranks a sign-up: when it was made. For a link handed to the sender
 * that is any time, since the press may not be the recipient's.
 */
export const bindsAfter = ({ row, givenToSender }: Pick<LoadedRequest, 'row' | 'givenToSender'>): number =>
  givenToSender ? 0 : row.requestedAt

/** Whether a sign-up was refused so recently that its address gets no confirmation. */
export const isRefused = ({ row, standing }: Pick<LoadedRequest, 'row' | 'standing'>, now: number): boolean =>
  standing === 'refused' && row.closedAt !== null && row.closedAt + REFUSED_MS > now

/**
 * Returns the platform's suppressions of a recipient; none where the address, from which their id is made, is not readable.
 */
export async function platformsWord(
  deps: SubscriptionDeps,
  { address }: Pick<LoadedRequest, 'address'>,
): Promise<Suppression[]> {
  if (typeof address !== 'string') return []
  const [rows] = await deps.db.read('fresh', [
    matchingPlatform(deps.indexes.platform.id(addressHash(address))),
  ])
  return rows.map(platformSuppression)
}

/** Returns topics of a confirmed sign-up that a check still denies. Throws `database.unavailable`. */
export async function deniedTopics(deps: SubscriptionDeps, opened: LoadedRequest): Promise<OwnTopic[]> {
  const { row, topics, suppressions } = opened
  const platform = await platformsWord(deps, opened)
  const now = deps.clock()
  return topics.filter(({ number }) => {
    const within = { workspace: row.workspace, topics: [number] }
    const against = [...suppressionsWithin(suppressions, within), ...platform]
    return decide({ suppressions: against, purpose: 'marketing', now }).decision === 'deny'
  })
}

/**
 * Whether the recipient left a topic after the sign-up. A subscription that was ended and then requested again counts as
 * left: only the later link renews it.
 */
const endedSince = (
  workspace: number,
  since: number,
  topic: number,
  left: { subscriptions: SubscriptionRow[]; suppressions: SuppressionRow[] },
): boolean =>
  left.subscriptions.some(one => one.topic === topic && (lastEnded(one) ?? 0) > since) ||
  left.suppressions.some(
    one =>
      one.reason === REASONS.unsubscribed &&
      one.source === SOURCES.recipient &&
      (one.scope === topicScope(topic) || one.scope === workspaceScope(workspace)) &&
      one.at > since,
  )

/** A suppression may predate a second unsubscribe, so the end of the subscription counts as well. */
const lastEnded = ({ state, at, endedAt }: SubscriptionRow): number | null =>
  state === SUBSCRIPTION_STATES.ended ? at : endedAt

function standingOf(
  row: RequestAndPlace,
  left: { topics: number; subscribed: boolean },
  now: number,
): RequestStanding {
  const open = row.state === REQUEST_STATES.open && row.requestedAt + CONFIRMABLE_MS > now
  if (left.topics > 0 && left.subscribed && !open) return 'confirmed'
  if (row.state === REQUEST_STATES.refused) return 'refused'
  if (left.topics === 0) return 'ended'
  if (row.state === REQUEST_STATES.confirmed) return 'confirmed'
  return open ? 'open' : 'expired'
}
