import type { UnsubscribeDeps } from '../unsubscribe/deps.ts'

/** The dependencies of hosts and well-known files. */
export interface DomainDeps extends UnsubscribeDeps {
  /** Where to report vulnerabilities; undefined where none is set. */
  securityContact: string | undefined
  /** Workspaces by link host, cached. */
  hosts: Map<string, { workspace: number | undefined; asOf: number }>
}
