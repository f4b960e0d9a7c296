import type { Deps } from '../deps.ts'

/**
 * Returns the dependencies of a cluster. Every call fails for a cluster that no setting names; it never falls back to another.
 */
export function inCluster<Of extends Deps>(deps: Of, cluster: number): Of {
  if (deps.cluster === cluster) return deps
  return { ...deps, ...(deps.clusters.find(one => one.cluster === cluster) ?? deps.unknownCluster) }
}

/** Returns the dependencies of a tenant's call, which reads within the tenant's share (`db/engine/read-share.ts`). */
export const forTenant = <Of extends Deps>(deps: Of, tenant: number): Of => ({
  ...deps,
  db: deps.db.forTenant(tenant),
})
