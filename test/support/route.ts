import { createApp } from '../../worker/app.ts'
import type { AllDeps } from '../../worker/open-deps.ts'

/** Every route of the app itself, so that tests cover new ones without a list. */
export const ROUTES: readonly Route[] = createApp({} as AllDeps).routes.map(({ method, path }) => ({
  method,
  path,
}))

/** A route as the router knows it. */
export interface Route {
  method: string
  path: string
}

/** Returns a path of a route: `token` for a link's, well-formed ids of nothing elsewhere. */
export const concrete = (path: string, token = 'A'.repeat(/^\/[car]\//.test(path) ? 32 : 39)): string =>
  path
    .replace(':token', token)
    // `:provider{(?:ses|…)}` lists its values.
    .replace(/:\w+\{\(\?:(\w+)\|.*?\)\}/, '$1')
    // `:id{key_[\w-]+}` gives the prefix of its ids.
    .replace(/:\w+\{(\w*_)?\[.*?\}/g, (_, prefix = '') => `${prefix}${'A'.repeat(24)}`)
