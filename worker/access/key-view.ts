import { type KeyLimits, keyName, permissionsIn } from '../../core/api-key.ts'
import { timestamp } from '../../core/clock.ts'
import type { KeyView } from './api.ts'

/** The fields of a key that a view is made of, whether the key is new or stored. */
export interface ToldKey extends KeyLimits {
  id: Uint8Array
  name: string | null
  createdAt: number
  lastUsedAt?: number | null
  revokedAt?: number | null
  madeBy?: Uint8Array | null
  renewalOf?: Uint8Array | null
}

export const keyView = (key: ToldKey): KeyView => ({
  id: keyName(key.id),
  ...(key.name !== null && { name: key.name }),
  permissions: permissionsIn(key.permissions),
  createdAt: timestamp(key.createdAt),
  ...(typeof key.lastUsedAt === 'number' && { lastUsedAt: timestamp(key.lastUsedAt) }),
  ...(key.expiresAt !== null && { expiresAt: timestamp(key.expiresAt) }),
  ...(typeof key.revokedAt === 'number' && { revokedAt: timestamp(key.revokedAt) }),
  ...(key.allowedIps !== null && { allowedIps: key.allowedIps }),
  ...(key.madeBy && { madeBy: keyName(key.madeBy) }),
  ...(key.renewalOf && { renewalOf: keyName(key.renewalOf) }),
})
