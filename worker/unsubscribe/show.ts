import { maskedAddress } from '../../core/address.ts'
import { passedByTransactional, REASONS } from '../../core/codes/reason.ts'
import { TENANT_SCOPE, topicScope, workspaceScope } from '../../core/codes/scope.ts'
import { type Claim, mintToken } from '../../core/token.ts'
import { sealedAddress } from '../../db/address.ts'
import { type BrandRow, brandOfTopic } from '../../db/brand.ts'
import { languagesOf } from '../../db/recipient-choice.ts'
import { suppressionsOf } from '../../db/suppression.ts'
import { topicByNumber } from '../../db/topic.ts'
import type { Deps } from '../deps.ts'
import { readAddress } from '../encryption/read-address.ts'

/** What the page of an unsubscribe link shows. */
export interface UnsubscribePage {
  sender: string
  topic: string
  /** Masked; undefined where the address is not kept, or cannot be read just now. */
  address: string | undefined
  /** Whether mail of the topic is no longer sent. */
  topicStopped: boolean
  /** Whether it is sent whatever is chosen, since something is owed. */
  owed: boolean
  /** Whether everything of the sender is stopped. */
  everythingStopped: boolean
  preferencesUrl: string
  /** In which languages they read, what counts most first. */
  languages: string[]
  /** How the sender's pages look; undefined for the platform's own look. */
  brand: BrandRow | undefined
}

/** Reads how a recipient stands with a topic and its sender; undefined when topic or workspace are gone. Changes nothing. */
export async function show(deps: Deps, claim: Claim): Promise<UnsubscribePage | undefined> {
  const [[place], rows, [kept], languages, [brand]] = await deps.db.read('fresh', [
    topicByNumber(claim.topic),
    suppressionsOf(claim.addressId),
    sealedAddress(claim.addressId),
    languagesOf(claim.topic, claim.addressId),
    brandOfTopic(claim.topic),
  ])
  if (!place) return undefined
  const now = deps.clock()
  const address = await readAddress(deps, claim.addressId, kept)
  // A pause ends by itself: whoever only paused has not left, and is offered the way out.
  const stops = rows.filter(row => row.reason !== REASONS.paused && (row.until === null || row.until > now))
  const wide = [TENANT_SCOPE, workspaceScope(place.workspace)]
  const stopped = (scopes: number[], some = stops) => some.some(row => scopes.includes(row.scope))
  // What is owed stops for what a check for it denies, and for nothing that is chosen.
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
