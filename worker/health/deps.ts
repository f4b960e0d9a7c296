import type { Deps } from '../deps.ts'

/** The dependencies of health checks. */
export interface HealthDeps extends Deps {
  version: Version
  /** Token that opens `/metrics` and the details of `/readyz`; undefined where nobody may read them. */
  metricsToken: string | undefined
}

/** Version of this deployment: the platform's id of it, and the commit it was built from. */
export interface Version {
  build: string
  commit: string
}
