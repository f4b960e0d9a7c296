import { maskedAddress } from '../../core/address.ts'
import { passedByTransactional, REASONS } from '../../core/codes/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { Fault } from '../../core/fault.ts'
import { type Claim, mintToken } from '../../core/token.ts'
import { sealedAddress } from '../../db/address.ts'
import { type BrandRow, brandOfTopic } from '../../db/brand.ts'
import { languagesOf } from '../../db/recipient-choice.ts'
import { suppressionsOf } from '../../db/suppression.ts'
import { topicByNumber } from '../../db/topic.ts'
import { readAddress } from '../encryption/read-address.ts'
import type { UnsubscribeDeps } from './deps.ts'

/** The data of an unsubscribe link's page. */
export interface UnsubscribePage {
  sender: string
  topic: string
  /** Masked; undefined where no address is stored or readable. */
  address: string | undefined
  /** Whether mail of the topic is stopped. */
  topicStopped: boolean
  /** Whether the topic is transactional and its mail is still sent. */
  owed: boolean
  /** Whether all mail of the sender is stopped. */
  everythingStopped: boolean
  preferencesUrl: string
  /** The recipient's languages, preferred first. */
  languages: string[]
  /** The sender's brand; undefined for the platform's. */
  brand: BrandRow | undefined
}

/** Loads a recipient's state in a topic and its workspace. Changes nothing. Throws `topic.gone`, `database.unavailable`. */
export async function show(deps: UnsubscribeDeps, claim: Claim): Promise<UnsubscribePage> {
  const [[place], rows, [kept], languages, [brand]] = await deps.db.read('fresh', [
    topicByNumber(claim.topic),
    suppressionsOf(claim.addressId),
    sealedAddress(claim.addressId),
    languagesOf(claim.topic, claim.addressId),
    brandOfTopic(claim.topic),
  ])
  if (!place) throw new Fault({ code: 'topic.gone' })
  const now = deps.clock()
  const address = await readAddress(deps, claim.addressId, kept)
  // Pauses do not count, since a recipient who paused may still want to unsubscribe.
  const stops = rows.filter(row => row.reason !== REASONS.paused && (row.until === null || row.until > now))
  const wide = [TENANT_SCOPE, workspaceScope(place.workspace)]
  const stopped = (scopes: number[], some = stops) => some.some(row => scopes.includes(row.scope))
  // Transactional mail is stopped only by what a transactional check denies.
  const transactional = place.kind === 'transactional'
  const against = transactional ? stops.filter(row => !passedByTransactional(row.reason)) : stops
  const topicStopped = stopped([...wide, topicScope(place.topic)], against)
  return {
    sender: place.sender,
    topic: place.topicDisplayName,
    address: address ? maskedAddress(address) : undefined,
    topicStopped,
    owed: transactional && !topicStopped,
    everythingStopped: stopped(wide),
    preferencesUrl: `/p/${mintToken(deps.keyring, 'preferences', claim)}`,
    languages,
    brand,
  }
}
