import { HonoBase } from 'hono/hono-base'
import type { Result } from 'hono/router'
import { PatternRouter } from 'hono/router/pattern-router'
import { Fault } from '../../core/fault.ts'
import type { Deps } from '../deps.ts'
import { asFault, isOurs } from './problem.ts'
import { refusal } from './refusal.ts'
import type { App } from './route.ts'

/** Answers a request that no route answers; undefined where there is nothing at its path. */
type Fallback = (request: Request, path: string) => Promise<Response | undefined>

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * A router that remembers its last match. Each request is matched twice, by `routeOf` to name its route and by Hono to run it, and
 * the second follows the first at once unless something had to be waited for.
 */
class RememberingRouter<T> extends PatternRouter<T> {
  #method = ''
  #path = ''
  #found: Result<T> = [[]]

  override match(method: string, path: string): Result<T> {
    if (method !== this.#method || path !== this.#path) {
      this.#found = super.match(method, path)
      this.#method = method
      this.#path = path
    }
    return this.#found
  }
}

/** Returns an app without routes, with the answer to every failure; `fallback` answers what no route does, where it can. */
export function newApp(deps: Deps, fallback: Fallback = async () => undefined): App {
  // Not strict: a link with a trailing slash must work without a redirect (RFC 8058 §3.1).
  const app: App = new HonoBase({ strict: false, router: new RememberingRouter() })

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
