import type { Deps } from '../deps.ts'
import { type App, senderCalls } from '../http/route.ts'
import * as api from './api.ts'
import { lint } from './lint.ts'
import { prepare } from './prepare.ts'

/** Routes that prepare a message before it is signed, and check a finished one. */
export function messageRoutes(app: App, deps: Deps): void {
  const call = senderCalls(app, deps)
  call(api.prepareMessage, prepare)
  call(api.lintMessage, lint)
}
