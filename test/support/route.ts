import { type AllDeps, createApp } from '../../worker/app-routes.ts'
import { createEdge, type EdgeDeps } from '../../worker/edge-routes.ts'

const edge = createEdge({} as EdgeDeps).routes
const ofEdge = ({ method, path }: Route) => edge.some(own => own.method === method && own.path === path)

/** Every route of Floe as its callers see it, so that tests cover new ones without a list. */
export const ROUTES: readonly Route[] = [
  ...edge,
  // `floe` asks for the metrics with a POST of its own, which it takes from nobody.
  ...createApp({} as AllDeps).routes.filter(route => !ofEdge(route) && route.path !== '/metrics'),
].map(({ method, path }) => ({ method, path }))

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
