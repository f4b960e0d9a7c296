import type { Deps } from '../deps.ts'
import { inCluster } from './in-cluster.ts'
import type { App } from './route.ts'

/** Returns the routes of each cluster, over its own database. They are built at first use. */
export function appsOf<D extends Deps>(
  deps: D,
  create: (deps: D) => App,
): (cluster: number) => { deps: D; app: App } {
  const apps = new Map<number, { deps: D; app: App }>()
  return cluster => {
    const own = inCluster(deps, cluster)
    const known = apps.get(own.cluster)
    if (known) return known
    const made = { deps: own, app: create(own) }
    apps.set(own.cluster, made)
    return made
  }
}
