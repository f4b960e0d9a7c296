import { CHECK } from './check.ts'
import { CONSENTS } from './consents.ts'
import { IMPORTS } from './imports.ts'
import { INBOUND } from './inbound.ts'
import { KEYS } from './keys.ts'
import { LEDGER } from './ledger.ts'
import { MESSAGES } from './messages.ts'
import type { Operation } from './operation.ts'
import { RECIPIENTS } from './recipients.ts'
import { RIGHTS_REQUESTS } from './rights.ts'
import { SERVICE } from './service.ts'
import { SUPPRESSIONS } from './suppressions.ts'
import { TOPICS } from './topics.ts'
import { WEBHOOKS } from './webhooks.ts'

/** Every call there is, in the order of the reference. */
export const OPERATIONS: readonly Operation[] = [
  ...CHECK,
  ...TOPICS,
  ...MESSAGES,
  ...SUPPRESSIONS,
  ...IMPORTS,
  ...CONSENTS,
  ...INBOUND,
  ...LEDGER,
  ...RIGHTS_REQUESTS,
  ...WEBHOOKS,
  ...KEYS,
  ...RECIPIENTS,
  ...SERVICE,
]
