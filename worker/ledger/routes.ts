import type { Deps } from '../deps.ts'
import { BATCH_LIMIT_BYTES } from '../http/limits.ts'
import { type App, senderCall } from '../http/route.ts'
import { IdentifyInput, identify } from './identify.ts'
import { EventsInput, readEvents } from './read.ts'

/** The ledger, as a workspace's sender may read it. */
export function ledgerRoutes(app: App, deps: Deps): void {
  app.get('/v1/events', senderCall(deps, { input: EventsInput, verb: readEvents }))
  app.post(
    '/v1/address-ids',
    senderCall(deps, {
      input: IdentifyInput,
      limitBytes: BATCH_LIMIT_BYTES,
      addresses: ({ addresses, sha256 }) => (addresses ?? sha256 ?? []).length,
      verb: identify,
    }),
  )
}
