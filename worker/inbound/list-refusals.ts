import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { DAY_MS, timestamp } from '../../core/clock.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { refusalsOf } from '../../db/inbound.ts'
import type { Deps } from '../deps.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'

/** How often something was not taken on one day, and when and how large the last one was. */
export interface RefusalView {
  day: string
  door: string
  why: string
  count: number
  lastAt: string
  lastOctets: number
}

/** Lists what came in for the key's workspace and was not taken, newest day first. */
export async function listRefused(deps: Deps, claim: ApiKeyClaims): Promise<{ refused: RefusalView[] }> {
  const [[key], rows] = await deps.db.read('fresh', [apiKeyById(claim.keyId), refusalsOf(claim.workspace)])
  touchLastUsed(deps, authorize(claim, key, 'inbound:manage').keyId, key!.lastUsedAt)
  return {
    refused: rows.map(({ day, door, why, count, lastAt, lastOctets }) => ({
      day: timestamp(day * DAY_MS).slice(0, 10),
      door,
      why,
      count,
      lastAt: timestamp(lastAt),
      lastOctets,
    })),
  }
}
