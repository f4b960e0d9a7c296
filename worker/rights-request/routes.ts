import type { AppDeps } from '../deps.ts'
import { type App, senderCalls } from '../http/route.ts'
import { closeCase } from './close.ts'
import { extendCase } from './extend.ts'
import { getRequest } from './get.ts'
import { listRequests } from './list.ts'

/** Routes of rights requests, for the sender who answers them. */
export function rightsRequestRoutes(app: App, deps: AppDeps): void {
  const call = senderCalls(app, deps)
  call(listRequests)
  call(getRequest)
  call(closeCase)
  call(extendCase)
}
