import type { AppDeps } from '../deps.ts'
import { type App, senderCalls } from '../http/route.ts'
import { listTopics } from './list.ts'

/** Route of the list of topics. */
export function topicRoutes(app: App, deps: AppDeps): void {
  senderCalls(app, deps)(listTopics)
}
