import pLimit from 'p-limit'
import { FIRST_CLUSTER } from '../core/cluster.ts'
import { within } from '../core/deadline.ts'
import type { Gates, Job } from '../core/job.ts'
import type { Deps } from './deps.ts'
import { inCluster } from './http/in-cluster.ts'
import { inboundJobs } from './inbound/jobs.ts'
import type { AllDeps } from './open-deps.ts'
import { preferenceJobs } from './preference/jobs.ts'
import { rightsJobs } from './rights/jobs.ts'
import { rightsRequestJobs } from './rights-request/jobs.ts'
import { subscriptionJobs } from './subscription/jobs.ts'
import { suppressionJobs } from './suppression/jobs.ts'
import { webhookJobs } from './webhook/jobs.ts'

/**
 * Connections to servers of others at a time, divided among the clusters. The platform lets an invocation have six open and lets the rest
 * wait: one is left for the database. Of that, the jobs of a cluster ask about 15 questions at a time at most: a small part of the reads
 * that an isolate may have on their way (`db/engine/read-share.ts`), and as few acts for the lane.
 */
const MAIL_CONNECTIONS = 2
const WEBHOOK_CONNECTIONS = 3

/** Everything that is done once a minute. */
const JOBS: readonly Job<AllDeps>[] = [
  ...subscriptionJobs,
  ...rightsJobs,
  ...rightsRequestJobs,
  ...inboundJobs,
  ...suppressionJobs,
  ...preferenceJobs,
  ...webhookJobs,
]

/** Runs what is due, all jobs side by side in every cluster: one that fails, is late or is away keeps none of the others waiting. */
export const runCron = (deps: AllDeps): Promise<void> => runJobs(deps, JOBS)

/** Runs jobs side by side in every cluster, each for as long as its deadline says. Never throws. */
export async function runJobs<Of extends Deps>(deps: Of, jobs: readonly Job<Of>[]): Promise<void> {
  // A cluster has gates of its own: what one waits for is no affair of another's.
  const gate = (connections: number) => pLimit(Math.max(1, Math.floor(connections / deps.clusters.length)))
  await Promise.all(
    deps.clusters.flatMap(({ cluster }) => {
      const gates = { mail: gate(MAIL_CONNECTIONS), webhook: gate(WEBHOOK_CONNECTIONS) }
      return jobs.map(job => runJob(inCluster(deps, cluster), job, gates))
    }),
  )
}

async function runJob<Of extends Deps>(deps: Of, job: Job<Of>, gates: Gates): Promise<void> {
  const where = deps.cluster === FIRST_CLUSTER ? '' : ` in cluster ${deps.cluster}`
  const tell = (error: unknown) => deps.log(`cron ${job.name}${where}`, error)
  await within(job.deadlineMs, job.run(deps, gates).catch(tell), () =>
    tell(new Error(`late: not done within ${job.deadlineMs / 1000} s`)),
  )
}
