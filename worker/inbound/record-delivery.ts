import { BATCH_MAX, hashOfAddress } from '../../core/address.ts'
import { concatBytes } from '../../core/bytes.ts'
import { settleTransient, transientAmong } from '../../db/inbound.ts'
import type { CallContext } from '../call/context.ts'
import type { Needs } from '../deps.ts'

/**
 * Lets the earlier transient bounces of addresses that took a mail since count no more. Bookkeeping: whom mail may be sent to
 * does not change, so that the ledger has nothing to say. Throws `database.unavailable`.
 */
export async function recordDelivered(
  ctx: CallContext<Needs<'indexes'>>,
  addresses: readonly string[],
): Promise<void> {
  const index = ctx.indexes.tenant(ctx.tenant)
  const ids = addresses.slice(0, BATCH_MAX).flatMap(address => {
    const hash = hashOfAddress(address)
    return hash ? [index.id(hash)] : []
  })
  if (ids.length === 0) return
  const [places] = await ctx.read([transientAmong(concatBytes(ids))])
  if (places.length > 0) await ctx.commit(places.map(place => settleTransient(ids[place]!)))
}
