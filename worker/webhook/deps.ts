import type { Deps } from '../deps.ts'
import type { Resolver } from './resolver.ts'
import type { TargetPolicy } from './target.ts'

/** The dependencies of deliveries. */
export interface WebhookDeps extends Deps {
  /** Resolves a host to its current addresses. */
  resolve: Resolver
  /** The allowed targets of webhooks. */
  targets: TargetPolicy
}
