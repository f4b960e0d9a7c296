import { ADDRESS_ID_BYTES } from '../../core/address.ts'
import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { toBase64Url } from '../../core/bytes.ts'
import { packAddresses, packHex } from '../../core/pack.ts'
import { apiKeyById } from '../../db/api-key.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf, InputOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'

/** A recipient's address id in the key's tenant, or why there is none. */
type Identified = AnswerOf<typeof api.identifyAddressesDoc>['results'][number]

/**
 * Returns the address ids of up to 10,000 recipients, in their order, so that a sender, who knows the addresses, can match
 * ledger events to them. Nothing is stored, and no call does the reverse. Throws `key.invalid`, `key.forbidden`,
 * `request.invalid`, `database.unavailable`.
 */
export async function identify(
  deps: Deps,
  claim: ApiKeyClaims,
  input: InputOf<typeof api.identifyAddresses>,
): Promise<AnswerOf<typeof api.identifyAddressesDoc>> {
  const [[key]] = await deps.db.read('fresh', [apiKeyById(claim.keyId)])
  touchLastUsed(deps, authorize(claim, key, api.identifyAddresses.permission).keyId, key!.lastUsedAt)
  const given = input.addresses ?? input.sha256 ?? []
  const { hashes, places } = input.addresses ? packAddresses(deps.hashMany, given) : packHex(given)
  const ids = deps.indexes.tenant(claim.tenant).ids(deps.hashMany, hashes)
  const named = (text: string) => (input.addresses ? { address: text } : { sha256: text })
  const results = given.map((text): Identified => ({ ...named(text), error: 'invalid_address' }))
  places.forEach((place, i) => {
    const addressId = toBase64Url(ids.subarray(i * ADDRESS_ID_BYTES, (i + 1) * ADDRESS_ID_BYTES))
    results[place] = { ...named(given[place]!), addressId }
  })
  return { results }
}
