import { Hono } from 'hono/tiny'
import { Fault } from '../../core/fault.ts'
import type { Deps } from '../deps.ts'
import { asFault, isOurs } from './problem.ts'
import { refusal } from './refusal.ts'
import type { App } from './route.ts'

/** Answers a request that no route answers; undefined where there is nothing at its path. */
type Fallback = (request: Request, path: string) => Promise<Response | undefined>

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Returns an app without routes, with the answer to every failure; `fallback` answers what no route does, where it can. */
export function newApp(deps: Deps, fallback: Fallback = async () => undefined): App {
  // Not strict: a link with a trailing slash must work without a redirect (RFC 8058 §3.1).
  const app: App = new Hono({ strict: false })

  app.notFound(async c => {
    const allowed = methodsAt(app, c.req.path)
    if (allowed.length > 0) throw new Fault({ code: 'method.not_allowed', allowed })
    const answer = await fallback(c.req.raw, c.req.path)
    if (!answer) throw new Fault({ code: 'route.not_found' })
    return answer
  })

  app.onError(async (error, c) => {
    const fault = asFault(error)
    if (isOurs(fault.detail)) deps.log(fault.detail.code, error, c.env.id)
    return refusal(deps, c.req.raw, c.req.path, fault, c.get('rate'))
  })

  return app
}

/** Returns the methods that a path takes. */
export const methodsAt = (app: App, path: string): string[] =>
  METHODS.filter(method => app.router.match(method, path)[0].length > 0)
