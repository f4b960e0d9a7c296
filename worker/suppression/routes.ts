import type { Deps } from '../deps.ts'
import { BATCH_LIMIT_BYTES, BODY_LIMIT_BYTES } from '../http/limits.ts'
import { type App, senderCall } from '../http/route.ts'
import { CheckInput, check } from './check.ts'
import { FindInput, find, get, IdInput } from './find.ts'
import { liftSuppression } from './lift.ts'
import { ListInput, list } from './list.ts'
import { SuppressInput, suppressEntries } from './suppress.ts'

/** The suppression check, and the list behind it. */
export function suppressionRoutes(app: App, deps: Deps): void {
  const batch = { limitBytes: BATCH_LIMIT_BYTES }
  const body = { limitBytes: BODY_LIMIT_BYTES }
  app.post(
    '/v1/check',
    senderCall(deps, {
      ...batch,
      input: CheckInput,
      addresses: ({ addresses, sha256 }) => (addresses ?? sha256 ?? []).length,
      verb: check,
    }),
  )
  app.post(
    '/v1/suppressions',
    senderCall(deps, {
      ...batch,
      input: SuppressInput,
      addresses: ({ entries }) => entries.length,
      verb: suppressEntries,
    }),
  )
  app.get('/v1/suppressions', senderCall(deps, { input: ListInput, verb: list }))
  app.post('/v1/suppressions/find', senderCall(deps, { ...body, input: FindInput, verb: find }))
  app.get('/v1/suppressions/:id{sup_[\\w-]+}', senderCall(deps, { input: IdInput, verb: get }))
  app.delete('/v1/suppressions/:id{sup_[\\w-]+}', senderCall(deps, { input: IdInput, verb: liftSuppression }))
}
