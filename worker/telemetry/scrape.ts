import { mailBacklog } from '../../db/subscription-mail.ts'
import { equalBytes } from '../core/bytes.ts'
import { Fault } from '../core/fault.ts'
import { sha256 } from '../core/sha256.ts'
import type { Deps } from '../deps.ts'
import { clusterState, schemaFits } from '../health/cluster.ts'
import { counterFamily, exposition, gaugeFamily, infoFamily, secondsFamily } from './open-metrics.ts'

/**
 * Returns this isolate's counts and the cluster's state as OpenMetrics text. Throws `route.not_found` where no token is set,
 * so that nobody learns there is something to guess, and `key.missing` or `key.invalid` otherwise.
 */
export async function scrape(deps: Deps, authorization: string | undefined): Promise<string> {
  permit(deps.metricsToken, authorization)
  const now = deps.clock()
  const [{ primary, replicas, lane }, backlog] = await Promise.all([
    clusterState(deps),
    deps.db.read('fresh', [mailBacklog(now)]).then(
      ([found]) => found,
      () => undefined,
    ),
  ])
  const age = (at: number | null) => (at === null ? 0 : Math.max(0, now - at) / 1000)
  const behind = replicas.flatMap(replica => replica?.groupsBehind ?? [])
  const { metrics, version } = deps
  return exposition([
    infoFamily('floe_build', 'What runs, and which isolate of it answered.', {
      ...version,
      isolate: deps.isolate,
    }),
    counterFamily('floe_requests', 'Requests answered by this isolate.', metrics.requests),
    secondsFamily(
      'floe_request_seconds',
      'From request to the head of its answer, in this isolate.',
      metrics.requestSeconds,
    ),
    counterFamily(
      'floe_database_calls',
      'Questions to the database and writes, from this isolate.',
      metrics.databaseCalls,
    ),
    secondsFamily('floe_database_seconds', 'How long each took, the lane included.', metrics.databaseSeconds),
    counterFamily('floe_failures', 'Lines about failures that this isolate wrote.', metrics.failures),
    gaugeFamily('floe_primary_up', 'Whether the primary answers.', primary ? 1 : 0),
    gaugeFamily('floe_replicas', 'Replicas there should be.', replicas.length),
    gaugeFamily('floe_replicas_up', 'Replicas that answer.', replicas.filter(Boolean).length),
    gaugeFamily(
      'floe_replica_groups_behind',
      'Groups of writes that the replica furthest behind still lacks.',
      behind.length > 0 ? Math.max(...behind) : undefined,
    ),
    gaugeFamily('floe_schema_fits', 'Whether the database has the tables this code needs.', fits(primary)),
    gaugeFamily('floe_lane_depth', 'Acts in the lane that the database has not surely taken.', lane?.depth),
    gaugeFamily(
      'floe_lane_oldest_seconds',
      'How long the oldest of them has waited.',
      lane && age(lane.oldestAt),
    ),
    gaugeFamily('floe_mail_due', 'Confirmations whose mail is due.', backlog?.due),
    gaugeFamily(
      'floe_mail_oldest_seconds',
      'How long the oldest of them has been due.',
      backlog && age(backlog.oldestAt),
    ),
  ])
}

const fits = (primary: Parameters<typeof schemaFits>[0] | undefined) =>
  primary && (schemaFits(primary) ? 1 : 0)

/** Hashes are compared, so that neither the token's length nor how much of a guess is right can be timed. */
function permit(token: string | undefined, authorization: string | undefined): void {
  if (token === undefined) throw new Fault({ code: 'route.not_found' })
  if (authorization === undefined) throw new Fault({ code: 'key.missing' })
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  const hash = (text: string) => sha256(new TextEncoder().encode(text))
  if (!equalBytes(hash(given), hash(token))) throw new Fault({ code: 'key.invalid' })
}
