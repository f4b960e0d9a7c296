import type { Deps } from '../deps.ts'
import { type App, senderCall } from '../http/route.ts'
import { ListTopicsInput, listTopics } from './list.ts'

/** The topics of a workspace, so that its sender can name one. */
export function topicRoutes(app: App, deps: Deps): void {
  app.get('/v1/topics', senderCall(deps, { input: ListTopicsInput, verb: listTopics }))
}
