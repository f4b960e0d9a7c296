import type { OwnKeyRow } from '../../db/api-key.ts'
import { timestamp } from '../core/clock.ts'
import { keyName } from './api-key.ts'

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
}

/** Returns a key as its workspace sees it. */
export const keyView = (row: OwnKeyRow): KeyView => ({
  id: keyName(row.id),
  ...(row.name !== null && { name: row.name }),
  permissions: row.permissions,
  createdAt: timestamp(row.createdAt),
  ...(row.lastUsedAt !== null && { lastUsedAt: timestamp(row.lastUsedAt) }),
  ...(row.expiresAt !== null && { expiresAt: timestamp(row.expiresAt) }),
  ...(row.revokedAt !== null && { revokedAt: timestamp(row.revokedAt) }),
  ...(row.allowedIps !== null && { allowedIps: row.allowedIps }),
})

/** Whether a key is still admitted. */
export const counts = ({ revokedAt, expiresAt }: OwnKeyRow, now: number): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now)
