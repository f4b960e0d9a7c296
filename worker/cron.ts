import pLimit from 'p-limit'
import { FIRST_CLUSTER } from '../core/cluster.ts'
import { within } from '../core/deadline.ts'
import type { Gates, Job } from '../core/job.ts'
import type { JobRun } from '../db/job-run.ts'
import type { AllDeps } from './app-routes.ts'
import { type ActorContext, actingAs } from './call/context.ts'
import type { Deps } from './deps.ts'
import { inCluster } from './http/in-cluster.ts'
import { inboundJobs } from './inbound/jobs.ts'
import { ledgerJobs } from './ledger/jobs.ts'
import { preferenceJobs } from './preference/jobs.ts'
import { rightsJobs } from './rights/jobs.ts'
import { rightsRequestJobs } from './rights-request/jobs.ts'
import { subscriptionJobs } from './subscription/jobs.ts'
import { suppressionJobs } from './suppression/jobs.ts'
import { noteRuns } from './telemetry/note-runs.ts'
import { webhookJobs } from './webhook/jobs.ts'

/**
 * Outgoing connections of all jobs at a time, divided among the clusters. The platform lets an invocation have six open and
 * queues the rest; one is left for the database. The jobs of a cluster then have at most about 15 reads and as few writes under
 * way: a small part of an isolate's reads (`db/engine/read-share.ts`).
 */
const MAIL_CONNECTIONS = 2
const WEBHOOK_CONNECTIONS = 3

/** Jobs that run once a minute. */
const JOBS: readonly Job<ActorContext<AllDeps>>[] = [
  ...subscriptionJobs,
  ...rightsJobs,
  ...rightsRequestJobs,
  ...inboundJobs,
  ...suppressionJobs,
  ...ledgerJobs,
  ...preferenceJobs,
  ...webhookJobs,
]

/** Runs all jobs side by side in every cluster. A job that fails, is late or cannot reach its cluster delays no other. */
export const runCron = (deps: AllDeps): Promise<void> => runJobs(deps, JOBS, noteRuns)

/**
 * Runs jobs side by side in every cluster, each until its deadline. Calls `note` in each cluster with the runs that ended well and the
 * names of all jobs. Never throws.
 */
export async function runJobs<Of extends Deps>(
  deps: Of,
  jobs: readonly Job<ActorContext<Of>>[],
  note: (floe: ActorContext<Of>, runs: JobRun[], names: string[]) => Promise<void>,
): Promise<void> {
  const names = jobs.map(({ name }) => name)
  // Each cluster has its own gates, so that none waits for another's connections.
  const gate = (connections: number) => pLimit(Math.max(1, Math.floor(connections / deps.clusters.length)))
  await Promise.all(
    deps.clusters.map(async ({ cluster }) => {
      const gates = { mail: gate(MAIL_CONNECTIONS), webhook: gate(WEBHOOK_CONNECTIONS) }
      const floe = actingAs(inCluster(deps, cluster), { kind: 'floe' })
      const runs = await Promise.all(jobs.map(job => runJob(floe, job, gates)))
      await note(
        floe,
        runs.filter(run => run !== undefined),
        names,
      )
    }),
  )
}

/** Runs a job until its deadline. Returns when it ended; undefined where it failed or was late. */
async function runJob<Of extends Deps>(deps: Of, job: Job<Of>, gates: Gates): Promise<JobRun | undefined> {
  const where = deps.cluster === FIRST_CLUSTER ? '' : ` in cluster ${deps.cluster}`
  const tell = (error: unknown): undefined => void deps.log(`cron ${job.name}${where}`, error)
  const run = job.run(deps, gates).then(() => ({ name: job.name, endedAt: deps.clock() }), tell)
  return within(job.deadlineMs, run, () =>
    tell(new Error(`late: not done within ${job.deadlineMs / 1000} s`)),
  )
}
