import type { Job } from '../../core/job.ts'
import { deliverDue } from './deliver.ts'
import type { WebhookDeps } from './deps.ts'

/** What webhooks need once a minute. */
export const webhookJobs: readonly Job<WebhookDeps>[] = [
  { name: 'webhooks', deadlineMs: 75_000, run: (deps, { webhook }) => deliverDue(deps, webhook) },
]
