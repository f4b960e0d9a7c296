import { CLUSTER_MAX, FIRST_CLUSTER } from '../../core/cluster.ts'
import { isThisMachine } from '../../core/host.ts'
import {
  combined,
  optional,
  parsed,
  type Setting,
  setting,
  text,
  usually,
  type ValuesOf,
} from '../../core/setting.ts'
import type { Endpoint } from '../../db/engine/hrana.ts'

/** Location of a cluster. Replicas are listed nearest first. */
export interface ClusterSetting {
  number: number
  primary: Endpoint
  replicas: Endpoint[]
  /** Where its lane may run and store its data; anywhere when left out. */
  jurisdiction?: DurableObjectJurisdiction | undefined
}

/** A cluster as the setting CLUSTERS has it. */
interface WrittenCluster {
  number: number
  primary: string
  replicas: string[]
  jurisdiction?: DurableObjectJurisdiction
}

const FIELDS = ['number', 'primary', 'replicas', 'jurisdiction']
const JURISDICTIONS: readonly unknown[] = [
  'eu',
  'fedramp',
  'fedramp-high',
] satisfies DurableObjectJurisdiction[]

const isOrigin = (given: unknown): given is string =>
  typeof given === 'string' &&
  /^https?:/.test(given) &&
  URL.canParse(given) &&
  new URL(given).origin === given

const areOrigins = (given: unknown): given is string[] => Array.isArray(given) && given.every(isOrigin)

/** Reads the setting CLUSTERS, the JSON of every cluster but the first; undefined when malformed. */
export function parseClusters(json: string): WrittenCluster[] | undefined {
  let list: unknown
  try {
    list = JSON.parse(json)
  } catch {
    return undefined
  }
  if (!Array.isArray(list)) return undefined
  const clusters = list.flatMap(each => readCluster(each) ?? [])
  const numbers = new Set(clusters.map(({ number }) => number))
  return numbers.size === list.length ? clusters : undefined
}

function readCluster(given: unknown): WrittenCluster | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const { number, primary, replicas = [], jurisdiction } = given as Partial<WrittenCluster>
  const isNumber = Number.isInteger(number) && number! >= 1 && number! <= CLUSTER_MAX
  if (!isNumber || !isOrigin(primary) || !areOrigins(replicas)) return undefined
  if (jurisdiction !== undefined && !JURISDICTIONS.includes(jurisdiction)) return undefined
  if (!Object.keys(given).every(name => FIELDS.includes(name))) return undefined
  return { number: number!, primary, replicas, ...(jurisdiction && { jurisdiction }) }
}

function parseReplicas(list: string): string[] | undefined {
  const urls = list.split(',').flatMap(url => url.trim() || [])
  return areOrigins(urls) ? urls : undefined
}

/**
 * Reads the secret CLUSTER_AUTH_TOKENS, `number:token[,number:token…]`; undefined when malformed or when a number occurs twice.
 */
export function parseClusterTokens(list: string): ReadonlyMap<number, string> | undefined {
  const tokens = new Map<number, string>()
  for (const part of list.split(',').filter(piece => piece.trim() !== '')) {
    const [, number, token] = /^\s*([1-9]\d{0,2}):([\x21-\x7e]+)\s*$/.exec(part) ?? []
    if (!number || !token || tokens.has(Number(number))) return undefined
    tokens.set(Number(number), token)
  }
  return tokens
}

const WRITTEN = {
  primary: setting('DATABASE_URL', text(['must be the http(s) origin of a libSQL server', isOrigin])),
  replicas: setting(
    'REPLICA_URLS',
    usually('', parsed('must be origins, separated by commas', parseReplicas)),
  ),
  authToken: setting('DATABASE_AUTH_TOKEN', optional(text())),
  others: setting(
    'CLUSTERS',
    usually(
      '[]',
      parsed(
        'must be JSON: [{"number": 1 to 255, "primary": origin, "replicas"?: origins, "jurisdiction"?: "eu"}, …], no number twice',
        parseClusters,
      ),
    ),
  ),
  tokens: setting(
    'CLUSTER_AUTH_TOKENS',
    usually('', parsed('must be "number:token[,number:token…]", no number twice', parseClusterTokens)),
  ),
}

/** Setting of where the clusters are, the first one first. Refuses a bearer token that would cross the network unencrypted. */
export const clusterSetting: Setting<ClusterSetting[]> = combined(WRITTEN, (written, refuse) => {
  const clusters = clustersOf(written)
  const open = clusters.filter(({ primary, replicas }) => [primary, ...replicas].some(isOpen)).map(nameOf)
  if (open.length > 0)
    refuse(open.join(', '), 'must be https, since its bearer token goes with every request')
  return clusters
})

function clustersOf({ primary, replicas, authToken, others, tokens }: ValuesOf<typeof WRITTEN>) {
  const at = (written: WrittenCluster, token: string | undefined): ClusterSetting => {
    const endpoint = (url: string) => ({ url, authToken: token })
    return { ...written, primary: endpoint(written.primary), replicas: written.replicas.map(endpoint) }
  }
  return [
    at({ number: FIRST_CLUSTER, primary, replicas }, authToken),
    ...others.map(other => at(other, tokens.get(other.number))),
  ]
}

const nameOf = ({ number }: ClusterSetting): string =>
  number === FIRST_CLUSTER ? 'DATABASE_URL' : `CLUSTERS number ${number}`

const isOpen = ({ url, authToken }: Endpoint): boolean =>
  authToken !== undefined && url.startsWith('http:') && !isThisMachine(new URL(url).hostname)
