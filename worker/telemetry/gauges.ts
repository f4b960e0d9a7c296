import type { LaneStatus } from '../../core/write/lane-status.ts'
import type { BreakerState } from '../../db/engine/breaker.ts'
import type { ClusterState } from '../health/cluster.ts'
import { type Gauge, gaugeFamily } from './open-metrics.ts'

/** State of a cluster at `now`; undefined parts are unknown. */
export interface Seen extends ClusterState {
  cluster: number
  now: number
  schemaFits: boolean | undefined
  mail: { due: number; oldestAt: number | null } | undefined
}

/** A value of a cluster; null and undefined where unknown. */
type Value = number | null | undefined

const AVAILABILITIES: Record<LaneStatus['availability'], number> = { up: 0, suspect: 1, degraded: 2 }
const BREAKERS: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 }

const age = (now: number, at: number | null) => (at === null ? 0 : Math.max(0, now - at) / 1000)
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
  ['floe_mail_due', 'Confirmations whose mail is due.', ({ mail }) => mail?.due],
  [
    'floe_mail_oldest_seconds',
    'How long the oldest of them has been due.',
    ({ mail, now }) => mail && age(now, mail.oldestAt),
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
    gaugeFamily(
      'floe_breaker',
      'Whether this isolate asks a node: 0 it does, 1 it tries one question, 2 it leaves the node alone for a while.',
      breakers,
    ),
  ]
}
