import type { Job } from '../../core/job.ts'
import type { ActorContext } from '../call/context.ts'
import { deliverDue } from './deliver.ts'
import type { WebhookDeps } from './deps.ts'

/** Jobs of webhooks. */
export const webhookJobs: readonly Job<ActorContext<WebhookDeps>>[] = [
  { name: 'webhooks', deadlineMs: 75_000, run: (floe, { webhook }) => deliverDue(floe, webhook) },
]
