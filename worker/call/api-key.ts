import { type ApiKeyClaims, authenticate } from '../../core/api-key.ts'
import { HOUR_MS } from '../../core/clock.ts'
import { Fault } from '../../core/fault.ts'
import { type ApiKeyRow, apiKeyById, apiKeyUsed } from '../../db/api-key.ts'
import type { Caller } from './caller.ts'
import type { Services } from './services.ts'

/** Precision of a key's last use: enough to find forgotten keys, with one write an hour. */
const GRAIN_MS = HOUR_MS

/** Returns the caller of an authentic API key. The database says whether the key is still valid. */
export const apiKeyCaller = (claim: ApiKeyClaims): Caller => ({
  tenant: claim.tenant,
  workspace: claim.workspace,
  actor: { kind: 'sender', keyId: claim.keyId },
  keyId: claim.keyId,
  query: apiKeyById(claim.keyId),
  authenticate(answer) {
    const [row] = answer as ApiKeyRow[]
    const stored = authenticate(claim, row)
    return {
      limits: stored,
      demand(permission) {
        if (!stored.permissions.includes(permission)) throw new Fault({ code: 'key.forbidden', permission })
      },
      touch: services => touchLastUsed(services, claim.keyId, row!.lastUsedAt),
    }
  },
})

/** Records after the answer that a key was used; does nothing when that was recorded within the hour. */
function touchLastUsed(
  { db, clock, background }: Services,
  keyId: Uint8Array,
  lastUsedAt: number | null,
): void {
  const now = clock()
  if (lastUsedAt !== null && lastUsedAt > now - GRAIN_MS) return
  // The next call makes good a lost write, so failure is ignored.
  background(db.commit([apiKeyUsed(keyId, now, now - GRAIN_MS)], 'results').catch(() => undefined))
}
