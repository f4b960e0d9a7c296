import { type Clock, pause } from '../../core/clock.ts'
import { clusterOf, FIRST_CLUSTER } from '../../core/cluster.ts'
import type { Endpoint } from '../../db/engine/hrana.ts'
import { NEEDED_MIGRATION } from '../../db/schema.ts'
import { schemaFits } from '../../worker/health/cluster.ts'
import type { ClusterSetting } from '../../worker/lane/cluster-setting.ts'
import { counted } from '../backup.ts'
import { readMigrations } from '../migrate.ts'
import { takesWrites } from '../operator.ts'
import { type Finding, findingsOf } from './finding.ts'
import { answers, type ClockReading, hostOf, type SeenNode, seeNode } from './node.ts'
import { DEADLINE_MS } from './reach.ts'

/** What was found of a cluster's database, and what further checks need of it. */
export interface SeenDatabase {
  findings: Finding[]
  clocks: ClockReading[]
  cluster: number
  /** The primary or, while it is away, a replica; undefined where none has the tables that this code needs. */
  readable: Endpoint | undefined
}

/** Looks at the database of a cluster. It begins a transaction to see whether the primary takes writes, and changes nothing. */
export async function lookAtDatabase(cluster: ClusterSetting, clock: Clock): Promise<SeenDatabase> {
  const { number, primary, replicas } = cluster
  const [first, ...others] = await Promise.all([primary, ...replicas].map(node => seeNode(node, clock)))
  const seen = [primary, ...replicas].map((endpoint, i) => ({ endpoint, node: [first!, ...others][i]! }))
  const [own, behind] = await Promise.all([
    primaryFindings(cluster, first!),
    Promise.all(others.map((node, i) => replicaFinding(replicas[i]!, node, first!, clock))),
  ])
  const readable = seen.find(({ node }) => answers(node) && schemaFits(node))
  return {
    findings: [...own, ...behind].map(named(number)),
    clocks: seen.flatMap(({ endpoint, node }) =>
      answers(node) ? [{ whose: hostOf(endpoint), aheadMs: node.aheadMs }] : [],
    ),
    cluster: number,
    readable: readable?.endpoint,
  }
}

/** Names the cluster in its findings, where it is not the first. */
const named =
  (number: number) =>
  (finding: Finding): Finding =>
    number === FIRST_CLUSTER ? finding : { ...finding, says: `cluster ${number}: ${finding.says}` }

async function primaryFindings({ number, primary }: ClusterSetting, node: SeenNode): Promise<Finding[]> {
  const { ok, fail, notLookedAt } = findingsOf('database')
  const host = hostOf(primary)
  if (!answers(node)) {
    const secret = number === FIRST_CLUSTER ? 'DATABASE_AUTH_TOKEN' : 'CLUSTER_AUTH_TOKENS'
    const isShut = /answered 40[13]/.test(node.reason)
    const finding = !isShut
      ? fail(
          `the primary ${host} does not answer: ${node.reason}`,
          'start sqld again with its data folder; where it is lost for good, restore a backup',
        )
      : primary.authToken === undefined
        ? notLookedAt(`the primary ${host} wants ${secret}, which is not given`)
        : fail(
            `the primary ${host} does not take ${secret}`,
            `give the token that it takes: npm run deploy -- secret ${secret}`,
          )
    return [finding, findingsOf('schema').notLookedAt('the primary cannot be read')]
  }
  const { tenant } = node
  if (tenant !== null && clusterOf(tenant) !== number)
    return [
      fail(
        `the primary ${host} holds tenants of cluster ${clusterOf(tenant)}`,
        'set DATABASE_URL and CLUSTERS right, and deploy, the lane too',
      ),
    ]
  const writes = await takesWrites(primary)
  const schema = schemaFinding(node.migration, schemaFits(node), host)
  if (!writes)
    return [
      fail(
        `the primary ${host} answers reads, and takes no write`,
        'restart sqld: nothing is half done, and acts wait in the journal',
      ),
      schema,
    ]
  return [ok(`primary ${host} answers in ${node.ms} ms and takes writes`), schema]
}

function schemaFinding(migration: string | null, fits: boolean, host: string): Finding {
  const { ok, warn, fail } = findingsOf('schema')
  const todo = `npm run migrate, with DATABASE_URL of ${host}`
  if (!fits)
    return fail(
      migration === null
        ? `no migration was ever applied; this version needs ${NEEDED_MIGRATION}`
        : `the last migration is ${migration}; this version needs ${NEEDED_MIGRATION}`,
      `${todo}, before the version that needs it is deployed`,
    )
  const missing = readMigrations().filter(({ name }) => name > migration!)
  if (missing.length > 0)
    return warn(
      `what this version needs is there, and ${counted(missing.length, 'later migration')} of this checkout ${missing.length === 1 ? 'is' : 'are'} not`,
      todo,
    )
  return ok(`at ${migration}; ${NEEDED_MIGRATION.slice(0, 4)} is needed`)
}

async function replicaFinding(
  endpoint: Endpoint,
  node: SeenNode,
  primary: SeenNode,
  clock: Clock,
): Promise<Finding> {
  const { ok, warn, fail, notLookedAt } = findingsOf('replica')
  const host = hostOf(endpoint)
  if (!answers(node) && endpoint.authToken === undefined && /answered 40[13]/.test(node.reason))
    return notLookedAt(`${host} wants the token of its primary`)
  if (!answers(node))
    return fail(
      `${host} does not answer: ${node.reason}`,
      'restart it; no check depends on it meanwhile, but more of them wait for the primary',
    )
  if (!answers(primary)) return ok(`${host} answers in ${node.ms} ms; how far it is behind nobody can tell`)
  const { lacks, reason } = await whatLacks(endpoint, node.committed, primary.committed, clock)
  if (reason !== undefined) return fail(`${host} stopped answering: ${reason}`, 'restart it')
  if (lacks === 0) return ok(`${host} answers in ${node.ms} ms and lacks nothing`)
  return warn(
    `${host} is ${counted(lacks, 'group')} of writes behind, and did not catch up within ${DEADLINE_MS / 1000} s`,
    'restart it; if it does not catch up, with an empty data folder',
  )
}

const AGAIN_MS = 100

/**
 * Returns how many groups of what the primary had a replica still lacks. It is asked again until it has all or time is up: one that
 * nobody asked for a while begins to catch up with the first question.
 */
async function whatLacks(
  endpoint: Endpoint,
  has: number,
  wanted: number,
  clock: Clock,
): Promise<{ lacks: number; reason?: string }> {
  const start = clock()
  let committed = has
  while (committed < wanted && clock() - start < DEADLINE_MS) {
    await pause(AGAIN_MS)
    const node = await seeNode(endpoint, clock)
    if (!answers(node)) return { lacks: wanted - committed, reason: node.reason }
    committed = node.committed
  }
  return { lacks: Math.max(0, wanted - committed) }
}
