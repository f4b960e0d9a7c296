import { DAY_MS } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import { keysEnding } from '../../db/api-key.ts'
import { newestBackups } from '../../db/backup.ts'
import { oldestDataKey } from '../../db/data-key.ts'
import { jobRuns } from '../../db/job-run.ts'
import { currentSchedule } from '../../db/key-schedule.ts'
import { openRights } from '../../db/rights-request.ts'
import { mailBacklog } from '../../db/subscription-mail.ts'
import { endpointStates } from '../../db/webhook-endpoint.ts'
import { webhookBacklog } from '../../db/webhook-watch.ts'
import type { Cluster } from '../deps.ts'
import { clusterState, schemaFits } from '../health/cluster.ts'
import { permit } from '../http/permit.ts'
import type { ScrapeDeps } from './deps.ts'
import { clusterGauges, type Seen, type Stored } from './gauges.ts'
import type { IsolateCounts } from './metrics.ts'
import { type ByWorker, counterFamily, exposition, infoFamily, secondsFamily } from './open-metrics.ts'

/**
 * Returns what an isolate of each Worker counted, and every cluster's state, as OpenMetrics text. Throws `route.not_found` where no
 * token is set, so that nobody finds a token to guess, and `key.missing` or `key.invalid` otherwise.
 */
export async function scrape(
  deps: ScrapeDeps,
  authorization: string | undefined,
  edge: IsolateCounts,
): Promise<string> {
  if (deps.metricsToken === undefined) throw new Fault({ code: 'route.not_found' })
  permit(deps.metricsToken, authorization)
  const seen = await Promise.all(deps.clusters.map(each => see(each, deps.clock())))
  const isolates = [edge, deps.metrics.counts()]
  const each = <T>(pick: (counts: IsolateCounts) => T): ByWorker<T> =>
    isolates.map(counts => [counts.of.worker, pick(counts)])
  return exposition([
    infoFamily(
      'floe_build',
      'What runs, and which isolates answered.',
      isolates.map(({ of }) => ({ ...of })),
    ),
    counterFamily(
      'floe_requests',
      'Requests answered by this isolate.',
      ['operation', 'status'],
      each(({ requests }) => requests),
    ),
    secondsFamily(
      'floe_request_seconds',
      'From request to the head of its answer, in this isolate.',
      'operation',
      each(({ requestSeconds }) => requestSeconds),
    ),
    counterFamily(
      'floe_database_calls',
      'Questions to the database and writes, from this isolate.',
      ['call', 'outcome'],
      each(({ databaseCalls }) => databaseCalls),
    ),
    secondsFamily(
      'floe_database_seconds',
      'How long each took, the lane included.',
      'call',
      each(({ databaseSeconds }) => databaseSeconds),
    ),
    counterFamily(
      'floe_failures',
      'Lines about failures that this isolate wrote.',
      ['event', 'kind'],
      each(({ failures }) => failures),
    ),
    ...clusterGauges(seen),
  ])
}

async function see(of: Cluster, now: number): Promise<Seen> {
  const [state, stored] = await Promise.all([clusterState(of), storedIn(of, now).catch(() => undefined)])
  const { primary } = state
  return { ...state, cluster: of.cluster, now, schemaFits: primary && schemaFits(primary), stored }
}

/** Where counts end, so that no scrape costs more however much there is. */
const COUNTED_MAX = 10_000
const ENDING_WITHIN_MS = 14 * DAY_MS
/** A key that nobody used for as long is missed by nobody. */
const IN_USE_MS = 7 * DAY_MS

/** Asks a cluster's database, in one round trip, for what its gauges need. Throws `database.unavailable`. */
async function storedIn({ db }: Cluster, now: number): Promise<Stored> {
  const [mail, endpoints, webhooks, rights, keys, dataKeyMadeAt, schedule, jobs, backups] = await db.read(
    'fresh',
    [
      mailBacklog(now),
      endpointStates,
      webhookBacklog(now, COUNTED_MAX),
      openRights(now, COUNTED_MAX),
      keysEnding(now, now + ENDING_WITHIN_MS, now - IN_USE_MS, COUNTED_MAX),
      oldestDataKey,
      currentSchedule,
      jobRuns,
      newestBackups,
    ],
  )
  return { mail, endpoints, webhooks, rights, keysEnding: keys, dataKeyMadeAt, schedule, jobs, backups }
}
