import type { Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { BATCH_LIMIT_BYTES } from '../http/limits.ts'
import { senderCall } from '../http/route.ts'
import { CheckInput, check } from './check.ts'
import { SuppressInput, suppressEntries } from './suppress.ts'

/** The suppression check and the sender's own entries. */
export function suppressionRoutes(app: Hono, deps: Deps): void {
  app.post('/v1/check', senderCall(deps, { body: CheckInput, limitBytes: BATCH_LIMIT_BYTES, verb: check }))
  app.post(
    '/v1/suppressions',
    senderCall(deps, { body: SuppressInput, limitBytes: BATCH_LIMIT_BYTES, verb: suppressEntries }),
  )
}
