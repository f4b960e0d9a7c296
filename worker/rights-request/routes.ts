import type { Deps } from '../deps.ts'
import { BODY_LIMIT_BYTES } from '../http/limits.ts'
import { type App, senderCall } from '../http/route.ts'
import { CloseInput, closeCase } from './close.ts'
import { extendCase } from './extend.ts'
import { getRequest, IdInput } from './get.ts'
import { ListInput, listRequests } from './list.ts'

/** What recipients demanded about their data, for the sender who answers it. */
export function rightsRequestRoutes(app: App, deps: Deps): void {
  const id = ':id{rgt_[\\w-]+}'
  app.get('/v1/rights-requests', senderCall(deps, { input: ListInput, verb: listRequests }))
  app.get(`/v1/rights-requests/${id}`, senderCall(deps, { input: IdInput, verb: getRequest }))
  app.post(
    `/v1/rights-requests/${id}/close`,
    senderCall(deps, { input: CloseInput, limitBytes: BODY_LIMIT_BYTES, verb: closeCase, writes: true }),
  )
  app.post(
    `/v1/rights-requests/${id}/extend`,
    senderCall(deps, { input: IdInput, verb: extendCase, writes: true }),
  )
}
