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
import type { Deps } from '../deps.ts'
import { type ReadAddress, readAddress } from '../encryption/read-address.ts'
import { findTopicOwner } from '../unsubscribe/topic-owner.ts'
import { type Preferences, preferencesOf } from './preference.ts'

/** A preference center, opened for the recipient a link names: how they stand now, and nothing of how that came about. */
export interface LoadedPreferences extends Preferences {
  claim: Claim
  place: TopicOwner
  sender: string
  /** Canonical, as far as it can be read. */
  address: ReadAddress
  /** In which languages they read, what counts most first. */
  languages: string[]
  /** Whether nothing about them may be sold or shared. */
  saleOptedOut: boolean
  /** When they may change their language or take something back again by a link; null where they may now. */
  nextChangeAt: number | null
  /** What a confirmation would show; undefined where the sender published none. */
  notice: NoticeRow | undefined
  /** Whether a confirmation can be mailed to them: to whom, by what, and with which notice are known. */
  askable: boolean
  /** How the sender's pages look; undefined for the platform's own look. */
  brand: BrandRow | undefined
  /** On which origins the sender may show this in a frame, with a space between two. */
  embeddedIn: string
}

/** Opens the preference center behind a link and changes nothing. Throws `token.invalid`, `topic.gone`, `database.unavailable`. */
export async function openPreferences(deps: Deps, token: string): Promise<LoadedPreferences> {
  const claim = readToken(deps.keyring, 'preferences', token)
  if (!claim) throw new Fault({ code: 'token.invalid' })
  return openFor(deps, claim)
}

/** Opens the preference center of whoever a claim names. Throws `topic.gone`, `database.unavailable`. */
export async function openFor(deps: Deps, claim: Claim): Promise<LoadedPreferences> {
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
    askable: kept !== undefined && notice !== undefined && deps.mailer !== undefined,
    brand,
    embeddedIn: settings?.embeddedIn ?? '',
    ...preferencesOf(topics, place.workspace, rows, subscriptions, deps.clock()),
  }
}
