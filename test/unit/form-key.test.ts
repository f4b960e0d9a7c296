import { expect, test } from 'vitest'
import { newRef } from '../../core/id.ts'
import { openKeyring } from '../../core/keys.ts'
import {
  clusterOfFormKey,
  formName,
  formRefOf,
  mintFormKey,
  readFormKey,
} from '../../worker/signup/form-key.ts'

const keyring = openKeyring([{ id: 1, key: new Uint8Array(32).fill(1) }])
const other = openKeyring([{ id: 1, key: new Uint8Array(32).fill(2) }])

test.for([
  [0, 1],
  [1, 2 ** 24 + 1],
  [255, 255 * 2 ** 24 + 1],
] as const)(
  'a publishable key of cluster %i names its form and its cluster, and never ends in a hyphen',
  ([cluster, tenant]) => {
    for (let i = 0; i < 200; i++) {
      const ref = newRef()
      const key = mintFormKey(keyring, tenant, ref)
      expect(key).toMatch(/^pk_[\w-]{31,32}[A-Za-z0-9]$/)
      expect(readFormKey(keyring, key)).toEqual(ref)
      expect(clusterOfFormKey(key)).toBe(cluster)
      expect(readFormKey(other, key)).toBeUndefined()
      expect(readFormKey(keyring, key.slice(3))).toBeUndefined()
      expect(formRefOf(formName(ref))).toEqual(ref)
    }
  },
)

test.for(['', 'form_', 'form_AAAA', 'key_AAAAAAAAAAAAAAA', `form_${'A'.repeat(400)}`])(
  '"%s" is no name of a form',
  name => {
    expect(formRefOf(name)).toBeUndefined()
  },
)
