import { sealedAddress } from '../../db/address.ts'
import { languagesOf } from '../../db/recipient-choice.ts'
import { subscriptionsOf } from '../../db/subscription.ts'
import { suppressionsOf } from '../../db/suppression.ts'
import { topicByNumber, topicsOf } from '../../db/topic.ts'
import { maskedAddress } from '../core/address.ts'
import { Fault } from '../core/fault.ts'
import { type Claim, readToken } from '../core/token.ts'
import type { Deps } from '../deps.ts'
import { findPlace, type Place } from '../unsubscribe/place.ts'
import { type Preferences, preferencesOf } from './preference.ts'

/** A preference center, opened for the recipient a link names. */
export interface Opened extends Preferences {
  claim: Claim
  place: Place
  sender: string
  /** Masked; undefined where the address is not kept. */
  address: string | undefined
  /** In which languages they read, what counts most first. */
  languages: string[]
}

/** Opens the preference center behind a link and changes nothing. Throws `token.invalid`, `topic.gone`, `database.unavailable`. */
export async function openPreferences(deps: Deps, token: string): Promise<Opened> {
  const claim = readToken(deps.keyring, 'preferences', token)
  if (!claim) throw new Fault({ code: 'token.invalid' })
  const place = await findPlace(deps, claim.topic)
  if (!place) throw new Fault({ code: 'topic.gone' })
  const [[named], topics, rows, subscriptions, [kept], languages] = await deps.db.read('fresh', [
    topicByNumber(claim.topic),
    topicsOf(place.workspace),
    suppressionsOf(claim.addressId),
    subscriptionsOf(place.workspace, claim.addressId),
    sealedAddress(claim.addressId),
    languagesOf(claim.topic, claim.addressId),
  ])
  if (!named) throw new Fault({ code: 'topic.gone' })
  return {
    claim,
    place,
    sender: named.sender,
    address: kept && maskedAddress(await deps.cipher.decrypt(kept.tenant, claim.addressId, kept.sealed)),
    languages,
    ...preferencesOf(topics, place.workspace, rows, subscriptions, deps.clock()),
  }
}
