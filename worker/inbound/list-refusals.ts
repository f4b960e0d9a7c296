import { type ApiKeyClaims, authorize } from '../../core/api-key.ts'
import { DAY_MS, timestamp } from '../../core/clock.ts'
import { apiKeyById } from '../../db/api-key.ts'
import { refusalsOf } from '../../db/inbound.ts'
import type { Deps } from '../deps.ts'
import type { AnswerOf } from '../http/operation.ts'
import { touchLastUsed } from '../http/touch-last-used.ts'
import * as api from './api.ts'

/** Lists refused reports and mails of the key's workspace, newest day first. */
export async function listRefused(
  deps: Deps,
  claim: ApiKeyClaims,
): Promise<AnswerOf<typeof api.listRefusedReportsDoc>> {
  const [[key], rows] = await deps.db.read('fresh', [apiKeyById(claim.keyId), refusalsOf(claim.workspace)])
  touchLastUsed(deps, authorize(claim, key, api.listRefusedReports.permission).keyId, key!.lastUsedAt)
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
