import type { Deps } from '../deps.ts'

/** Returns the dependencies of what is about that cluster. One that no setting names never answers, and is never taken for another. */
export function inCluster(deps: Deps, cluster: number): Deps {
  if (deps.cluster === cluster) return deps
  return { ...deps, ...(deps.clusters.find(one => one.cluster === cluster) ?? deps.noCluster) }
}

/** Returns the dependencies of a call of that tenant's, which reads within its share (`db/engine/read-share.ts`). */
export const forTenant = (deps: Deps, tenant: number): Deps => ({ ...deps, db: deps.db.forTenant(tenant) })
