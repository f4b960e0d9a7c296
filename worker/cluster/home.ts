import type { Deps } from '../deps.ts'

/** Returns the dependencies of what is about that cluster. One that no setting names never answers, and is never taken for another. */
export function inCluster(deps: Deps, cluster: number): Deps {
  if (deps.cluster === cluster) return deps
  return { ...deps, ...(deps.clusters.find(one => one.cluster === cluster) ?? deps.noCluster) }
}
