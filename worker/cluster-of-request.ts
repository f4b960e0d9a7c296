import { clusterOfKey, keyTextOf } from '../core/api-key.ts'
import { clusterNamed, FIRST_CLUSTER } from '../core/cluster.ts'
import type { TokenPurpose } from '../core/keys.ts'
import { decodedPath } from './http/link-path.ts'

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
export function clusterOfRequest(request: Request, more: ClusterOfPath = () => undefined): number {
  const parts = pathOf(request.url).split('/').slice(1)
  const [first = '', second = ''] = parts
  const link = LINKS[first]
  if (link) return clusterNamed(link, second)
  const named = more(parts)
  if (named !== undefined) return named
  const key = first === 'v1' ? keyTextOf(request.headers.get('authorization')) : undefined
  return key === undefined ? FIRST_CLUSTER : clusterOfKey(key)
}

const pathOf = (url: string): string =>
  decodedPath(url.slice(url.indexOf('/', 'https://'.length)).replace(/[?#].*$/s, ''))
