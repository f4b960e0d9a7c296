import type { AppDeps } from '../deps.ts'
import type { HostDeps } from '../domain/deps.ts'
import type { Resolver } from './resolver.ts'
import type { TargetPolicy } from './target.ts'

/** The dependencies of deliveries. */
export interface WebhookDeps extends AppDeps, HostDeps {
  /** Resolves a host to its current addresses. */
  resolve: Resolver
  /** The allowed targets of webhooks. */
  targets: TargetPolicy
}
