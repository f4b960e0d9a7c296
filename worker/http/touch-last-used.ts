import { HOUR_MS } from '../../core/clock.ts'
import { apiKeyUsed } from '../../db/api-key.ts'
import type { Deps } from '../deps.ts'

/** A key's last use is kept to the hour: exact enough to find the forgotten ones, and one write an hour. */
const GRAIN_MS = HOUR_MS

/** Notes, after the answer, that a key was used; does nothing when that was noted within the hour. */
export function touchLastUsed(deps: Deps, keyId: Uint8Array, lastUsedAt: number | null): void {
  const now = deps.clock()
  if (lastUsedAt !== null && lastUsedAt > now - GRAIN_MS) return
  // A lost note is made good by the next call, so its failure is nobody's concern.
  deps.background(deps.db.commit([apiKeyUsed(keyId, now, now - GRAIN_MS)], 'results').catch(() => undefined))
}
