import { Fault } from '../../core/fault.ts'
import { type Claim, readToken } from '../../core/token.ts'
import { sealedAddress } from '../../db/address.ts'
import { type BrandRow, brandOf } from '../../db/brand.ts'
import { type NoticeRow, noticesOf } from '../../db/notice.ts'
import { nextChangeAt } from '../../db/preference-allowance.ts'
import { languagesOf, saleOptOutOf } from '../../db/recipient-choice.ts'
import { subscriptionsOf } from '../../db/subscription.ts'
import { suppressionsOf } from '../../db/suppression.ts'
import { embeddersOf } from '../../db/tenant.ts'
import { type TopicOwner, topicByNumber, topicsOf } from '../../db/topic.ts'
import { type ReadAddress, readAddress } from '../encryption/read-address.ts'
import { findTopicOwner } from '../unsubscribe/topic-owner.ts'
import type { PreferenceDeps } from './deps.ts'
import { type Preferences, preferencesOf } from './preference.ts'

/** The preference center of a link's recipient: their current state, without its history. */
export interface LoadedPreferences extends Preferences {
  claim: Claim
  place: TopicOwner
  sender: string
  /** Canonical address, as far as it is readable. */
  address: ReadAddress
  /** The recipient's languages, preferred first. */
  languages: string[]
  /** Whether they opted out of sale and sharing. */
  saleOptedOut: boolean
  /** When a link may change language or undo an act again; null where it may now. */
  nextChangeAt: number | null
  /** The notice of a confirmation; undefined where the sender published none. */
  notice: NoticeRow | undefined
  /** Whether a confirmation can be mailed: address, mailer and notice exist. */
  askable: boolean
  /** The sender's brand; undefined for the platform's. */
  brand: BrandRow | undefined
  /** Origins on which the sender may frame the page, separated by spaces. */
  embeddedIn: string
}

/**
 * Loads the preference center of a link without changing anything. Throws `token.invalid`, `topic.gone`,
 * `database.unavailable`.
 */
export async function openPreferences(deps: PreferenceDeps, token: string): Promise<LoadedPreferences> {
  const claim = readToken(deps.keyring, 'preferences', token)
  if (!claim) throw new Fault({ code: 'token.invalid' })
  return openFor(deps, claim)
}

/** Loads the preference center of a claim. Throws `topic.gone`, `database.unavailable`. */
export async function openFor(deps: PreferenceDeps, claim: Claim): Promise<LoadedPreferences> {
  const place = await findTopicOwner(deps, claim.topic)
  if (!place) throw new Fault({ code: 'topic.gone' })
  const { addressId } = claim
  const [
    [named],
    topics,
    rows,
    subscriptions,
    [kept],
    languages,
    saleOptOutAt,
    notices,
    [brand],
    [settings],
    next,
  ] = await deps.db.read('fresh', [
    topicByNumber(claim.topic),
    topicsOf(place.workspace),
    suppressionsOf(addressId),
    subscriptionsOf(place.workspace, addressId),
    sealedAddress(addressId),
    languagesOf(claim.topic, addressId),
    saleOptOutOf(addressId),
    noticesOf(place.workspace),
    brandOf(place.workspace),
    embeddersOf(place.workspace),
    nextChangeAt({ addressId, workspace: place.workspace }, deps.clock()),
  ])
  if (!named) throw new Fault({ code: 'topic.gone' })
  const notice = notices.at(-1)
  return {
    claim,
    place,
    sender: named.sender,
    address: await readAddress(deps, addressId, kept),
    languages,
    saleOptedOut: saleOptOutAt !== null,
    nextChangeAt: next,
    notice,
    askable: kept !== undefined && notice !== undefined && deps.sendsMail,
    brand,
    embeddedIn: settings?.embeddedIn ?? '',
    ...preferencesOf(topics, place.workspace, rows, subscriptions, deps.clock()),
  }
}
