import type { Job } from '../../core/job.ts'
import { deliverDue } from './deliver.ts'
import type { WebhookDeps } from './deps.ts'

/** Jobs of webhooks. */
export const webhookJobs: readonly Job<WebhookDeps>[] = [
  { name: 'webhooks', deadlineMs: 75_000, run: (deps, { webhook }) => deliverDue(deps, webhook) },
]
