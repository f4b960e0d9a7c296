import type { AppDeps } from '../deps.ts'
import { type App, senderCalls } from '../http/route.ts'
import { identify } from './identify.ts'
import { readEvents } from './read.ts'
import { readStatistics } from './statistics.ts'

/** Routes of the ledger. */
export function ledgerRoutes(app: App, deps: AppDeps): void {
  const call = senderCalls(app, deps)
  call(readEvents)
  call(identify)
  call(readStatistics)
}
