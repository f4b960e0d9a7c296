import { clusterOfKey, keyTextOf } from '../core/api-key.ts'
import { clusterNamed, clusterOf, FIRST_CLUSTER } from '../core/cluster.ts'
import type { TokenPurpose } from '../core/keys.ts'
import { brandFileName } from './brand/brand.ts'
import { decodedPath } from './http/link-path.ts'
import { clusterOfHook } from './inbound/hook.ts'
import { clusterOfFormKey } from './signup/form-key.ts'

const LINKS: Record<string, TokenPurpose> = {
  u: 'unsubscribe',
  p: 'preferences',
  c: 'confirm',
  a: 'access',
  r: 'correction',
}

/**
 * Returns the cluster that a request's link, key or file name names; the first where none does. Pages of a recipient's own data
 * name it in their form, which is read later.
 */
export function clusterOfRequest(request: Request): number {
  const [, first = '', second = '', third = '', fourth = ''] = pathOf(request.url).split('/')
  const link = LINKS[first]
  if (link) return clusterNamed(link, second)
  if (first === 's') return clusterOfFormKey(second)
  if (first === 'brand')
    return second === 'preview'
      ? clusterNamed('preview', third)
      : clusterOf(brandFileName(second)?.workspace ?? 0)
  if (first !== 'v1') return FIRST_CLUSTER
  if (second === 'inbound' && fourth !== '') return clusterOfHook(fourth)
  const key = keyTextOf(request.headers.get('authorization'))
  return key === undefined ? FIRST_CLUSTER : clusterOfKey(key)
}

const pathOf = (url: string): string =>
  decodedPath(url.slice(url.indexOf('/', 'https://'.length)).replace(/[?#].*$/s, ''))
