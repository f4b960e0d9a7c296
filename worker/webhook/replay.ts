import * as z from 'zod/mini'
import type { ApiKeyClaims } from '../../core/api-key.ts'
import { openCursor } from '../../core/cursor.ts'
import { invalidField } from '../../core/fault.ts'
import { revive } from '../../db/webhook-delivery.ts'
import { replayFrom } from '../../db/webhook-endpoint.ts'
import type { Deps } from '../deps.ts'
import { type EndpointView, endpointView, senderEvent } from './endpoint.ts'
import { loadEndpoint } from './load.ts'

/** Input of `POST /v1/webhook-endpoints/{endpoint}/replay`. */
export const ReplayInput = z
  .strictObject({
    endpoint: z.string(),
    /** A cursor of `GET /v1/events`; null for the beginning of the ledger. */
    after: z.optional(z.nullable(z.string())),
    /** Everything that was given up. */
    dead: z.optional(z.literal(true)),
  })
  .check(
    z.refine(({ after, dead }) => (after === undefined) !== (dead === undefined), {
      message: 'give exactly one of after and dead',
      path: ['after'],
    }),
  )

/**
 * Delivers again: everything since a place in the ledger, in order, or everything that was given up. Nothing is copied: the
 * endpoint's place is set back, whether by ten events or a million.
 *
 * Throws `key.invalid`, `key.forbidden`, `request.invalid` for a cursor that is not this tenant's, `webhook_endpoint.not_found`,
 * `database.unavailable`.
 */
export async function replayWebhook(
  deps: Deps,
  claim: ApiKeyClaims,
  { endpoint: name, after }: z.infer<typeof ReplayInput>,
): Promise<EndpointView> {
  const { principal, endpoint } = await loadEndpoint(deps, claim, name, 'webhooks:write')
  const seq = after ? await openCursor(deps.ring, claim.tenant, after) : 0
  if (seq === undefined) throw invalidField('after', 'is not a cursor of this ledger')
  const at = deps.clock()
  const entry = senderEvent(principal, endpoint, {
    id: deps.ids(at),
    at,
    type: 'webhook_endpoint.replayed',
    data: { what: after === undefined ? 'given_up' : 'ledger' },
  })
  const { id } = endpoint
  await deps.db.commit(after === undefined ? revive(id, entry) : replayFrom(id, seq, entry))
  return endpointView(endpoint, at)
}
