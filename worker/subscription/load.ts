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
import type { Deps } from '../deps.ts'
import { type ReadAddress, readAddress } from '../encryption/read-address.ts'
import { decide, type Suppression } from '../suppression/decision.ts'
import { platformSuppression, suppressionsWithin } from '../suppression/standing.ts'
import { isGivenToSender, readConfirmToken } from './link.ts'

/**
 * How a sign-up stands. `open`: it can be confirmed. `confirmed`: all it asks for is, by its own link or by another. `refused`:
 * its recipient said so. `expired`: its 7 days are over. `ended`: its recipient has unsubscribed since, which outranks what was
 * asked before; where its link was given to the sender, that they ever have.
 */
export type RequestStanding = 'open' | 'confirmed' | 'refused' | 'expired' | 'ended'

/** A sign-up, opened by its link, with everything there is to know for what comes next. */
export interface LoadedRequest {
  row: RequestAndPlace
  standing: RequestStanding
  /** Whether its link was given to the sender: whoever presses it takes back nothing that the recipient chose. */
  givenToSender: boolean
  /** What it asks for and its recipient has not ended since. */
  topics: OwnTopic[]
  /** Every topic of the workspace. */
  all: OwnTopic[]
  suppressions: SuppressionRow[]
  /** What it asks for and no consent stands to, whatever becomes of this sign-up. */
  unconfirmed: OwnTopic[]
  /** What of that may not be mailed: where no consent is needed, a sign-up that ran out keeps nothing away. */
  lacking: OwnTopic[]
  key: RecipientKeyRow | undefined
  /** Canonical, as far as it can be read; undefined once the person is erased. */
  address: ReadAddress
  /** In which languages they read, what counts most first. */
  languages: string[]
  /** How the sender's pages look; undefined for the platform's own look. */
  brand: BrandRow | undefined
}

/**
 * Opens the sign-up behind a link and changes nothing. Throws `token.invalid` for a link that is not ours, `confirmation.gone`
 * where it leads to nothing, `database.unavailable`.
 */
export async function openRequest(deps: Deps, token: string): Promise<LoadedRequest> {
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
 * Returns the time after which what a recipient ended is not brought back by a sign-up: when it was asked for. One whose link the sender
 * had brings nothing back, since nobody knows that it was the recipient who pressed it.
 */
export const bindsAfter = ({ row, givenToSender }: Pick<LoadedRequest, 'row' | 'givenToSender'>): number =>
  givenToSender ? 0 : row.requestedAt

/** Whether a sign-up was refused so lately that its address is not asked again. */
export const isRefused = ({ row, standing }: Pick<LoadedRequest, 'row' | 'standing'>, now: number): boolean =>
  standing === 'refused' && row.closedAt !== null && row.closedAt + REFUSED_MS > now

/** Returns what the platform's list says of a recipient: its ids are made of the address, so only where that is kept and can be read. */
export async function platformsWord(
  deps: Deps,
  { address }: Pick<LoadedRequest, 'address'>,
): Promise<Suppression[]> {
  if (typeof address !== 'string') return []
  const [rows] = await deps.db.read('fresh', [
    matchingPlatform(deps.indexes.platform.id(addressHash(address))),
  ])
  return rows.map(platformSuppression)
}

/** Returns what of a confirmed sign-up a check denies all the same. Throws `database.unavailable`. */
export async function deniedTopics(deps: Deps, opened: LoadedRequest): Promise<OwnTopic[]> {
  const { row, topics, suppressions } = opened
  const platform = await platformsWord(deps, opened)
  const now = deps.clock()
  return topics.filter(({ number }) => {
    const within = { workspace: row.workspace, topics: [number] }
    const against = [...suppressionsWithin(suppressions, within), ...platform]
    return decide({ suppressions: against, purpose: 'marketing', now }).decision === 'deny'
  })
}

/** What somebody left counts also while they are asked for it anew: only the link that asked after that brings them back. */
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

/** A suppression says since when nothing may come, and not that its recipient said so again. */
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
