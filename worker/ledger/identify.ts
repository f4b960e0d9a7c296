import { ADDRESS_ID_BYTES } from '../../core/address.ts'
import { toBase64Url } from '../../core/bytes.ts'
import { packAddresses, packHex } from '../../core/pack.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'

/** A recipient's address id in the key's tenant, or why there is none. */
type Identified = AnswerOf<typeof api.identifyAddressesDoc>['results'][number]

/**
 * Returns the address ids of up to 10,000 recipients, in their order, so that a sender, who knows the addresses, can match
 * ledger events to them. Nothing is stored, and no call does the reverse. Throws `key.invalid`, `key.forbidden`,
 * `request.invalid`, `database.unavailable`.
 */
export const identify = verb(
  api.identifyAddresses,
  async (
    ctx: CallContext<Needs<'hashMany' | 'indexes'>>,
    input,
  ): Promise<AnswerOf<typeof api.identifyAddressesDoc>> => {
    // Finds the caller.
    await ctx.read([])
    const given = input.addresses ?? input.sha256 ?? []
    const { hashes, places } = input.addresses ? packAddresses(ctx.hashMany, given) : packHex(given)
    const ids = ctx.indexes.tenant(ctx.tenant).ids(ctx.hashMany, hashes)
    const named = (text: string) => (input.addresses ? { address: text } : { sha256: text })
    const results = given.map((text): Identified => ({ ...named(text), error: 'invalid_address' }))
    places.forEach((place, i) => {
      const addressId = toBase64Url(ids.subarray(i * ADDRESS_ID_BYTES, (i + 1) * ADDRESS_ID_BYTES))
      results[place] = { ...named(given[place]!), addressId }
    })
    return { results }
  },
)
