import { inbound } from './inbound.ts'
import { ledger } from './ledger.ts'
import { operators, sealed } from './operators.ts'
import { rights } from './rights.ts'
import { subscriptions } from './subscription.ts'
import { suppressions } from './suppression.ts'
import { tenants } from './tenants.ts'
import type { Calls } from './values.ts'
import { webhooks } from './webhook.ts'

/** Every call of `db/` and `ops/` that makes statements, once for each text it can make, by the file of their plans. */
export const CALLS: Readonly<Record<string, Calls>> = {
  ledger,
  tenants,
  suppressions,
  subscriptions,
  rights,
  inbound,
  webhooks,
  operators,
  sealed,
}

export { runCommands, tablesOf } from './commands.ts'
export { pagesOf } from './operators.ts'
