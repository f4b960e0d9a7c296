import type { Deps } from '../deps.ts'

/** The dependencies of hosts. */
export interface HostDeps extends Deps {
  /** Workspaces by link host, cached. */
  hosts: Map<string, { workspace: number | undefined; asOf: number }>
}

/** The dependencies of well-known files. */
export interface DomainDeps extends Deps {
  /** Where to report vulnerabilities; undefined where none is set. */
  securityContact: string | undefined
}

/** Queries the workspace of a link; undefined for a link without one, which its own route refuses. */
export type WorkspaceOf = () => Promise<number | undefined>

/**
 * Readers of links by the letter of their path. Each returns the query of a link's workspace, or undefined where the token does not
 * verify.
 */
export type LinkReaders<D> = Partial<Record<string, (deps: D, token: string) => WorkspaceOf | undefined>>
