import { HOUR_MS } from '../../core/clock.ts'
import { apiKeyUsed } from '../../db/api-key.ts'
import type { Deps } from '../deps.ts'

/** Precision of a key's last use: enough to find forgotten keys, with one write an hour. */
const GRAIN_MS = HOUR_MS

/** Records after the answer that a key was used; does nothing when that was recorded within the hour. */
export function touchLastUsed(deps: Deps, keyId: Uint8Array, lastUsedAt: number | null): void {
  const now = deps.clock()
  if (lastUsedAt !== null && lastUsedAt > now - GRAIN_MS) return
  // The next call makes good a lost write, so failure is ignored.
  deps.background(deps.db.commit([apiKeyUsed(keyId, now, now - GRAIN_MS)], 'results').catch(() => undefined))
}
