import { createApp } from '../../worker/app.ts'
import type { AllDeps } from '../../worker/open-deps.ts'

/** Every route there is, from the app itself: a new one is walked without being listed anywhere. */
export const ROUTES: readonly Route[] = createApp({} as AllDeps).routes.map(({ method, path }) => ({
  method,
  path,
}))

/** A route as the router knows it. */
export interface Route {
  method: string
  path: string
}

/** Returns an address of a route: `token` for a link's, something of the right shape that does not exist for everything else. */
export const concrete = (path: string, token = 'A'.repeat(/^\/[car]\//.test(path) ? 32 : 39)): string =>
  path
    .replace(':token', token)
    // `:provider{(?:ses|…)}` says which there are.
    .replace(/:\w+\{\(\?:(\w+)\|.*?\)\}/, '$1')
    // `:id{key_[\w-]+}` says how its ids begin.
    .replace(/:\w+\{(\w*_)?\[.*?\}/g, (_, prefix = '') => `${prefix}${'A'.repeat(24)}`)
