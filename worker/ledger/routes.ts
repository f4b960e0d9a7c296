import type { Deps } from '../deps.ts'
import { type App, senderCall } from '../http/route.ts'
import { EventsInput, readEvents } from './read.ts'

/** The ledger, as a workspace's sender may read it. */
export function ledgerRoutes(app: App, deps: Deps): void {
  app.get('/v1/events', senderCall(deps, { input: EventsInput, verb: readEvents }))
}
