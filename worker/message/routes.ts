import { type App, senderCalls } from '../http/route.ts'
import type { MessageDeps } from './deps.ts'
import { lint } from './lint.ts'
import { prepare } from './prepare.ts'

/** Routes that prepare a message before it is signed, and check a finished one. */
export function messageRoutes(app: App, deps: MessageDeps): void {
  const call = senderCalls(app, deps)
  call(prepare)
  call(lint)
}
