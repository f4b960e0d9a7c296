import { DAY_MS } from '../../core/clock.ts'
import { ENDPOINT_STATES } from '../../core/codes/webhook.ts'
import type { LaneStatus } from '../../core/write/lane-status.ts'
import type { BackupRow } from '../../db/backup.ts'
import type { BreakerState } from '../../db/engine/breaker.ts'
import type { JobRun } from '../../db/job-run.ts'
import type { KeySchedule } from '../../db/key-schedule.ts'
import type { OpenRights } from '../../db/rights-request.ts'
import type { WebhookBacklog } from '../../db/webhook-watch.ts'
import type { ClusterState } from '../health/cluster.ts'
import { type Gauge, gaugeFamily } from './open-metrics.ts'

/** State of a cluster at `now`; undefined parts are unknown. */
export interface Seen extends ClusterState {
  cluster: number
  now: number
  schemaFits: boolean | undefined
  stored: Stored | undefined
}

/** What a cluster's database was asked for. */
export interface Stored {
  mail: { due: number; oldestAt: number | null }
  endpoints: readonly { state: number; count: number }[]
  webhooks: WebhookBacklog
  rights: OpenRights
  keysEnding: number
  dataKeyMadeAt: number | null
  schedule: KeySchedule | undefined
  jobs: readonly JobRun[]
  backups: readonly BackupRow[]
}

/** A value of a cluster; null and undefined where unknown. */
type Value = number | null | undefined

const AVAILABILITIES: Record<LaneStatus['availability'], number> = { up: 0, suspect: 1, degraded: 2 }
const BREAKERS: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 }

const age = (now: number, at: number | null) => (at === null ? 0 : Math.max(0, now - at) / 1000)
const since = (now: number, at: number | null = null): Value => (at === null ? undefined : age(now, at))
const furthest = (numbers: number[]): Value => (numbers.length > 0 ? Math.max(...numbers) : undefined)

/** Gauges of each cluster: name, help text and reader. */
const GAUGES: readonly [name: string, help: string, read: (seen: Seen) => Value][] = [
  ['floe_primary_up', 'Whether the primary answers.', ({ primary }) => (primary ? 1 : 0)],
  ['floe_replicas', 'Replicas there should be.', ({ replicas }) => replicas.length],
  ['floe_replicas_up', 'Replicas that answer.', ({ replicas }) => replicas.filter(Boolean).length],
  [
    'floe_replica_groups_behind',
    'Groups of writes that the replica furthest behind still lacks.',
    ({ replicas }) => furthest(replicas.flatMap(replica => replica?.groupsBehind ?? [])),
  ],
  [
    'floe_schema_fits',
    'Whether the database has the tables this code needs.',
    ({ schemaFits }) => (schemaFits === undefined ? undefined : Number(schemaFits)),
  ],
  ['floe_lane_depth', 'Acts in the lane that the database has not surely taken.', ({ lane }) => lane?.depth],
  [
    'floe_lane_oldest_seconds',
    'How long the oldest of them has waited.',
    ({ lane, now }) => lane && age(now, lane.oldestAt),
  ],
  [
    'floe_lane_mood',
    'How the lane stands with its database: 0 it answers, 1 in doubt, 2 acts are answered from the journal.',
    ({ lane }) => lane && AVAILABILITIES[lane.availability],
  ],
  [
    'floe_lane_set_aside',
    'Acts that were accepted and that the database then refused.',
    ({ lane }) => lane?.deadLetters,
  ],
  [
    'floe_lane_losses',
    'How often this life of the lane found that the database had lost what it had acknowledged.',
    ({ lane }) => lane?.lost,
  ],
  ['floe_lane_journal_bytes', 'What the journal takes of its storage.', ({ lane }) => lane?.bytes],
  ['floe_mail_due', 'Confirmations whose mail is due.', ({ stored }) => stored?.mail.due],
  [
    'floe_mail_oldest_seconds',
    'How long the oldest of them has been due.',
    ({ stored, now }) => stored && age(now, stored.mail.oldestAt),
  ],
  [
    'floe_webhook_endpoints_down',
    'Enabled endpoints that failed five times in a row and are probed with one event at a time.',
    ({ stored }) => stored?.webhooks.down,
  ],
  [
    'floe_webhook_endpoints_due',
    'Endpoints that are not down and have something to deliver now.',
    ({ stored }) => stored?.webhooks.due,
  ],
  [
    'floe_webhook_oldest_seconds',
    'How long the oldest of that has been due.',
    ({ stored, now }) => stored && age(now, stored.webhooks.oldestAt),
  ],
  [
    'floe_webhook_deliveries_waiting',
    'Events that wait for another attempt, whenever it is due.',
    ({ stored }) => stored?.webhooks.waiting,
  ],
  ['floe_rights_open', 'Rights requests that are not answered.', ({ stored }) => stored?.rights.open],
  ['floe_rights_overdue', 'Those past their deadline.', ({ stored }) => stored?.rights.overdue],
  [
    'floe_rights_next_due_seconds',
    'Time to the next deadline of those that are not; without a sample where there is none.',
    ({ stored, now }) => (stored?.rights.nextDueAt ? age(stored.rights.nextDueAt, now) : undefined),
  ],
  [
    'floe_api_keys_ending',
    'API keys that end within 14 days, were used within 7 days and did not renew themselves.',
    ({ stored }) => stored?.keysEnding,
  ],
  [
    'floe_data_key_oldest_seconds',
    'Age of the oldest data key that exists.',
    ({ stored, now }) => since(now, stored?.dataKeyMadeAt),
  ],
  [
    'floe_wrapping_key_seconds',
    'Age of the wrapping key in use, where there is a key schedule.',
    ({ stored, now }) => since(now, stored?.schedule?.begunAt),
  ],
  [
    'floe_key_schedule_seconds',
    'Age within which that schedule destroys each key.',
    ({ stored }) => stored?.schedule && (stored.schedule.everyDays * DAY_MS) / 1000,
  ],
  [
    'floe_key_schedule_kept_seconds',
    'Time since the schedule was last found kept.',
    ({ stored, now }) => since(now, stored?.schedule?.keptAt),
  ],
]

/** Gauges of which a cluster has several, by a label: name, help text, label and reader. */
const LABELLED: readonly [
  name: string,
  help: string,
  label: string,
  read: (stored: Stored, now: number) => [label: string, value: Value][],
][] = [
  [
    'floe_webhook_endpoints',
    'Webhook endpoints.',
    'state',
    ({ endpoints }) =>
      Object.entries(ENDPOINT_STATES).map(([name, state]) => [
        name,
        endpoints.find(one => one.state === state)?.count ?? 0,
      ]),
  ],
  [
    'floe_job_done_seconds',
    'Time since a scheduled job last ended well, as it was last recorded: at most every five minutes.',
    // Prometheus gives a label `job` of its own to whatever it reads.
    'name',
    ({ jobs }, now) => jobs.map(({ name, endedAt }) => [name, age(now, endedAt)]),
  ],
  [
    'floe_backup_seconds',
    'Time since the moment that the newest checked backup is of.',
    'kind',
    ({ backups }, now) => backups.map(({ kind, asOf }) => [kind, age(now, asOf)]),
  ],
]

/** Returns the metric families of all clusters, each sample labelled with its cluster. */
export function clusterGauges(clusters: readonly Seen[]): string[] {
  const labels = ({ cluster }: Seen) => ({ cluster: String(cluster) })
  const breakers = clusters.flatMap((seen): Gauge[] => {
    const { primary, replicas } = seen.breakers
    const nodes: [string, BreakerState][] = [
      ['primary', primary],
      ...replicas.map((state, i): [string, BreakerState] => [`replica ${i + 1}`, state]),
    ]
    return nodes.map(([node, state]) => [{ ...labels(seen), node }, BREAKERS[state]])
  })
  return [
    ...GAUGES.map(([name, help, read]) =>
      gaugeFamily(
        name,
        help,
        clusters.map((seen): Gauge => [labels(seen), read(seen) ?? undefined]),
      ),
    ),
    ...LABELLED.map(([name, help, label, read]) =>
      gaugeFamily(
        name,
        help,
        clusters.flatMap(seen =>
          (seen.stored ? read(seen.stored, seen.now) : []).map(
            ([value, number]): Gauge => [{ ...labels(seen), [label]: value }, number ?? undefined],
          ),
        ),
      ),
    ),
    gaugeFamily(
      'floe_breaker',
      'Whether this isolate asks a node: 0 it does, 1 it tries one question, 2 it leaves the node alone for a while.',
      breakers,
    ),
  ]
}
