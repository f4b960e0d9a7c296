import { clusterNamed, clusterOf } from '../core/cluster.ts'
import { brandFileName } from './brand/brand.ts'
import type { ClusterOfPath } from './cluster-of-request.ts'
import { clusterOfHook } from './inbound/hook.ts'
import { clusterOfFormKey } from './signup/form-key.ts'

/** Returns the cluster that a form, a file of a brand or a provider's address names; undefined for other paths. */
export const clusterOfPath: ClusterOfPath = ([first = '', second = '', third = '', fourth = '']) => {
  if (first === 's') return clusterOfFormKey(second)
  if (first === 'brand')
    return second === 'preview'
      ? clusterNamed('preview', third)
      : clusterOf(brandFileName(second)?.workspace ?? 0)
  return first === 'v1' && second === 'inbound' && fourth !== '' ? clusterOfHook(fourth) : undefined
}
