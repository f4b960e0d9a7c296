import { Fault } from '../../core/fault.ts'
import { mailBacklog } from '../../db/subscription-mail.ts'
import type { Cluster } from '../deps.ts'
import { clusterState, schemaFits } from '../health/cluster.ts'
import { permit } from '../http/permit.ts'
import type { ScrapeDeps } from './deps.ts'
import { clusterGauges, type Seen } from './gauges.ts'
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
  const [state, mail] = await Promise.all([
    clusterState(of),
    of.db.read('fresh', [mailBacklog(now)]).then(
      ([found]) => found,
      () => undefined,
    ),
  ])
  const { primary } = state
  return { ...state, cluster: of.cluster, now, schemaFits: primary && schemaFits(primary), mail }
}
