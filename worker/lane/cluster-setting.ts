import * as z from 'zod/mini'
import { CLUSTER_MAX, FIRST_CLUSTER } from '../../core/cluster.ts'
import { isThisMachine } from '../../core/host.ts'
import { readBy } from '../../core/setting.ts'
import type { Endpoint } from '../../db/engine/hrana.ts'

/** Location of a cluster. Replicas are listed nearest first. */
export interface ClusterSetting {
  number: number
  primary: Endpoint
  replicas: Endpoint[]
  /** Where its lane may run and store its data; anywhere when left out. */
  jurisdiction?: DurableObjectJurisdiction | undefined
}

/** Bindings that locate the clusters. */
export interface ClusterBindings {
  DATABASE_URL: string
  REPLICA_URLS: string
  DATABASE_AUTH_TOKEN?: string
  CLUSTERS?: string
  CLUSTER_AUTH_TOKENS?: string
}

/** Schema of the origin of a libSQL server. */
export const databaseSchema = z
  .string()
  .check(
    z.refine(
      text => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text,
      'must be the http(s) origin of a libSQL server',
    ),
  )

const clusters = z
  .array(
    z.strictObject({
      number: z.int().check(z.minimum(1), z.maximum(CLUSTER_MAX)),
      primary: databaseSchema,
      replicas: z._default(z.array(databaseSchema), []),
      jurisdiction: z.optional(z.enum(['eu', 'fedramp', 'fedramp-high'])),
    }),
  )
  .check(z.refine(list => new Set(list.map(({ number }) => number)).size === list.length))

/** Reads the setting CLUSTERS, the JSON of every cluster but the first; undefined when malformed. */
export function parseClusters(text: string): z.infer<typeof clusters> | undefined {
  try {
    return clusters.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/**
 * Reads the secret CLUSTER_AUTH_TOKENS, `number:token[,number:token…]`; undefined when malformed or when a number occurs twice.
 */
export function parseClusterTokens(text: string): ReadonlyMap<number, string> | undefined {
  const tokens = new Map<number, string>()
  for (const part of text.split(',').filter(piece => piece.trim() !== '')) {
    const [, number, token] = /^\s*([1-9]\d{0,2}):([\x21-\x7e]+)\s*$/.exec(part) ?? []
    if (!number || !token || tokens.has(Number(number))) return undefined
    tokens.set(Number(number), token)
  }
  return tokens
}

/** Schemas of the cluster bindings. */
export const CLUSTER_FIELDS = {
  DATABASE_URL: databaseSchema,
  REPLICA_URLS: z.pipe(
    z._default(z.string(), ''),
    z.transform((text: string, context) => {
      const urls = text.split(',').flatMap(url => url.trim() || [])
      if (!urls.every(url => databaseSchema.safeParse(url).success)) {
        context.issues.push({ code: 'custom', message: 'must be origins, separated by commas', input: '' })
      }
      return urls
    }),
  ),
  DATABASE_AUTH_TOKEN: z.optional(z.string()),
  CLUSTERS: z.pipe(
    z._default(z.string(), '[]'),
    readBy(
      parseClusters,
      'must be JSON: [{"number": 1 to 255, "primary": origin, "replicas"?: origins, "jurisdiction"?: "eu"}, …], no number twice',
    ),
  ),
  CLUSTER_AUTH_TOKENS: z.pipe(
    z._default(z.string(), ''),
    readBy(parseClusterTokens, 'must be "number:token[,number:token…]", no number twice'),
  ),
}

const schema = z.object(CLUSTER_FIELDS)

/** Returns every cluster, the first one first. Throws when a bearer token would cross the network unencrypted. */
export function clustersOf(env: z.infer<typeof schema>): ClusterSetting[] {
  const first = { number: FIRST_CLUSTER, primary: env.DATABASE_URL, replicas: env.REPLICA_URLS }
  const clusters = [first, ...env.CLUSTERS].map((cluster): ClusterSetting => {
    const { number } = cluster
    const authToken = number === FIRST_CLUSTER ? env.DATABASE_AUTH_TOKEN : env.CLUSTER_AUTH_TOKENS.get(number)
    const endpoint = (url: string) => ({ url, authToken })
    return { ...cluster, primary: endpoint(cluster.primary), replicas: cluster.replicas.map(endpoint) }
  })
  const open = clusters.flatMap(({ number, primary, replicas }) =>
    [primary, ...replicas].some(isOpen)
      ? [number === FIRST_CLUSTER ? 'DATABASE_URL' : `CLUSTERS number ${number}`]
      : [],
  )
  if (open.length > 0)
    throw new Error(
      `The configuration is not usable: ${open.join(', ')} must be https, since its bearer token goes with every request`,
    )
  return clusters
}

const isOpen = ({ url, authToken }: Endpoint): boolean =>
  authToken !== undefined && url.startsWith('http:') && !isThisMachine(new URL(url).hostname)

/** Returns every cluster in the bindings. The write lane reads nothing else of the Worker's settings. */
export const parseClusterBindings = (bindings: ClusterBindings): ClusterSetting[] =>
  clustersOf(schema.parse(bindings))
