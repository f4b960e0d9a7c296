import type { Deps } from '../deps.ts'
import { BATCH_LIMIT_BYTES } from '../http/limits.ts'
import { type App, senderCall } from '../http/route.ts'
import { LintInput, lint } from './lint.ts'
import { lengthOf, PrepareInput, prepare } from './prepare.ts'

/** Whole messages: made ready before they are signed, and looked over afterwards. */
export function messageRoutes(app: App, deps: Deps): void {
  app.post(
    '/v1/messages/prepare',
    senderCall(deps, {
      input: PrepareInput,
      limitBytes: BATCH_LIMIT_BYTES,
      addresses: ({ recipients }) => recipients.length,
      bytes: lengthOf,
      verb: prepare,
    }),
  )
  app.post(
    '/v1/messages/lint',
    senderCall(deps, { input: LintInput, limitBytes: BATCH_LIMIT_BYTES, verb: lint }),
  )
}
