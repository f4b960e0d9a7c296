import { type KeyLimits, keyName, permissionsIn } from '../../core/api-key.ts'
import { timestamp } from '../../core/clock.ts'

/** A key as its workspace sees it. Times are RFC 3339 UTC; the last use is exact to the hour. */
export interface KeyView {
  id: string
  name?: string
  permissions: string[]
  createdAt: string
  lastUsedAt?: string
  expiresAt?: string
  revokedAt?: string
  allowedIps?: string[]
  /** The key that made it, and that it ends with; not there where an operator did. */
  madeBy?: string
  /** The key that replaced itself by it, and that it ends with as well. */
  renewalOf?: string
}

/** What is told of a key, new or kept. */
export interface ToldKey extends KeyLimits {
  id: Uint8Array
  name: string | null
  createdAt: number
  lastUsedAt?: number | null
  revokedAt?: number | null
  madeBy?: Uint8Array | null
  renewalOf?: Uint8Array | null
}

/** Returns a key as its workspace sees it. */
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
