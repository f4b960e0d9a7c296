import type { Deps } from '../deps.ts'
import { type App, senderCalls } from '../http/route.ts'
import * as api from './api.ts'
import { listTopics } from './list.ts'

/** The topics of a workspace, so that its sender can name one. */
export function topicRoutes(app: App, deps: Deps): void {
  senderCalls(app, deps)(api.listTopics, listTopics)
}
