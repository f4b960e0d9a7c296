import { openCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { revive } from '../../db/webhook-delivery.ts'
import { replayFrom } from '../../db/webhook-endpoint.ts'
import type { CallContext } from '../call/context.ts'
import type { AnswerOf } from '../call/operation.ts'
import { verb } from '../call/verb.ts'
import type { Needs } from '../deps.ts'
import * as api from './api.ts'
import { endpointView, senderEvent } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/**
 * Delivers again: everything since a cursor of the ledger, in order, or all that was given up. No event is copied: the
 * endpoint's cursor is set back, so that the length does not matter.
 *
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for another tenant's cursor, `webhook_endpoint.not_found`,
 * `database.unavailable`.
 */
export const replayWebhook = verb(
  api.replayWebhook,
  async (
    ctx: CallContext<Needs<'ring'>>,
    { endpoint: name, after },
  ): Promise<AnswerOf<typeof api.replayWebhookDoc>> => {
    const endpoint = await loadEndpoint(ctx, name)
    const seq = after ? await openCursor(ctx.ring, ctx.tenant, after) : 0
    if (seq === undefined) throw invalidField('after', 'is not a cursor of this ledger')
    const at = ctx.clock()
    const entry = senderEvent(ctx, endpoint, 'webhook_endpoint.replayed', {
      at,
      data: { what: after === undefined ? 'given_up' : 'ledger' },
    })
    const { id } = endpoint
    await ctx.commit(after === undefined ? revive(id, entry) : replayFrom(id, seq, entry))
    return endpointView(endpoint, at)
  },
)
