import type { Deps } from '../deps.ts'

/** Returns the dependencies of what is about that cluster. One that no setting names never answers, and is never taken for another. */
export function inCluster<Of extends Deps>(deps: Of, cluster: number): Of {
  if (deps.cluster === cluster) return deps
  return { ...deps, ...(deps.clusters.find(one => one.cluster === cluster) ?? deps.unknownCluster) }
}

/** Returns the dependencies of a call of that tenant's, which reads within its share (`db/engine/read-share.ts`). */
export const forTenant = <Of extends Deps>(deps: Of, tenant: number): Of => ({
  ...deps,
  db: deps.db.forTenant(tenant),
})
