import * as z from 'zod/mini'
import { CLUSTER_MAX } from '../../core/cluster.ts'
import type { Endpoint } from '../../db/engine/hrana.ts'

/** Where a cluster is. Its replicas: nearest first. */
export interface ClusterSetting {
  number: number
  primary: Endpoint
  replicas: Endpoint[]
  /** Where its lane may be and keep what it holds; anywhere when nothing is said. */
  jurisdiction?: DurableObjectJurisdiction | undefined
}

/** The schema of the origin of a libSQL server. */
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

/** Reads the setting CLUSTERS, the JSON of every cluster beside the first; undefined where it is not right. */
export function parseClusters(text: string): z.infer<typeof clusters> | undefined {
  try {
    return clusters.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Reads the secret CLUSTER_AUTH_TOKENS, `number:token[,number:token…]`; undefined where it is not right, or names one twice. */
export function parseClusterTokens(text: string): ReadonlyMap<number, string> | undefined {
  const tokens = new Map<number, string>()
  for (const part of text.split(',').filter(piece => piece.trim() !== '')) {
    const [, number, token] = /^\s*([1-9]\d{0,2}):([\x21-\x7e]+)\s*$/.exec(part) ?? []
    if (!number || !token || tokens.has(Number(number))) return undefined
    tokens.set(Number(number), token)
  }
  return tokens
}
