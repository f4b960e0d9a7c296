import { clusterOfKey, keyTextOf } from '../core/api-key.ts'
import { clusterNamed, FIRST_CLUSTER } from '../core/cluster.ts'
import type { TokenPurpose } from '../core/keys.ts'

const LINKS: Record<string, TokenPurpose> = {
  u: 'unsubscribe',
  p: 'preferences',
  c: 'confirm',
  a: 'access',
  r: 'correction',
}

/** Returns the cluster that the parts of a path name; undefined where none does. */
export type ClusterOfPath = (parts: readonly string[]) => number | undefined

/**
 * Returns the cluster that a request's link or key names, or its path by `more`; the first where none does. Pages of a recipient's
 * own data name it in their form, which is read later.
 */
export function clusterOfRequest(
  { headers }: Request,
  path: string,
  more: ClusterOfPath = () => undefined,
): number {
  const parts = path.split('/').slice(1)
  const [first = '', second = ''] = parts
  const link = LINKS[first]
  if (link) return clusterNamed(link, second)
  const named = more(parts)
  if (named !== undefined) return named
  const key = first === 'v1' ? keyTextOf(headers.get('authorization')) : undefined
  return key === undefined ? FIRST_CLUSTER : clusterOfKey(key)
}
