import { RecipientCipher } from '../../core/cipher.ts'
import { pause } from '../../core/clock.ts'
import { openCursor, sealCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { type EvidentRow, ledgerAfter } from '../../db/event-list.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { leaveTrace } from '../call/read-trace.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import { eventView } from './view.ts'

const LOOK_EVERY_MS = 1000
/** Events scanned for one page, which bounds its cost when few match. */
const REACH = 2000

/**
 * Reads the ledger of the key's workspace in order, from the cursor `after`. Without new events it looks again every second
 * until `wait` is over. `more` says whether to go on at once; `next` is always set. Sequence numbers follow the order of
 * commits by one writer, so no event ever appears behind a cursor.
 *
 * Throws `key.invalid`, `key.forbidden` (for evidence too), `request.invalid` for another tenant's cursor,
 * `database.unavailable`.
 */
export const readEvents = verb(
  api.readEvents,
  async (
    ctx: CallContext<Needs<'cipher' | 'ring'>>,
    { after, limit, types, wait, evidence },
  ): Promise<AnswerOf<typeof api.readEventsDoc>> => {
    const { tenant, workspace } = ctx
    const seq = after === undefined ? 0 : await openCursor(ctx.ring, tenant, after)
    if (seq === undefined) throw invalidField('after', 'is not a cursor of this ledger')
    const look = async (from: number) => {
      // The caller is found each time, so that a revoked key gets no more events.
      const [page] = await ctx.read([
        ledgerAfter({ workspace, after: from, types, limit, reach: REACH, evidence }),
      ])
      if (evidence) ctx.demand('evidence:read')
      return page
    }
    let page = await look(seq)
    // The runtime cancels this when the client disconnects.
    const until = ctx.clock() + wait * 1000
    while (page.events.length === 0 && !page.more && ctx.clock() < until) {
      await pause(LOOK_EVERY_MS)
      page = await look(page.last)
    }
    const events = await Promise.all(
      page.events.map(async row => ({
        ...eventView(row),
        ...(row.sealed && { evidence: await opened(ctx, row) }),
      })),
    )
    if (page.events.some(({ sealed }) => sealed)) await leaveTrace(ctx, 'evidence')
    return {
      events,
      more: page.more,
      next: await sealCursor(ctx.ring, tenant, page.last),
    }
  },
)

async function opened(
  { cipher, tenant }: CallContext<Needs<'cipher'>>,
  { id, addressId, sealed, wrapped }: EvidentRow,
) {
  // Evidence without its key is unreadable to everybody, for ever.
  if (!wrapped) return null
  return (await RecipientCipher.open(cipher, tenant, addressId!, wrapped)).unseal(id, sealed!)
}
