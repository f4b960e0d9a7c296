import type { Deps } from '../deps.ts'
import type { Resolver } from './resolver.ts'
import type { TargetPolicy } from './target.ts'

/** What deliveries need beside the rest. */
export interface WebhookDeps extends Deps {
  /** What a host's name stands for at present. */
  resolve: Resolver
  /** Where webhooks may go. */
  targets: TargetPolicy
}
